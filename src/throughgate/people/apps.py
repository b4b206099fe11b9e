from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "throughgate.people"
    default_auto_field = "django.db.models.UUIDField"
