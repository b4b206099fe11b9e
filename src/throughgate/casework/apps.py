from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "throughgate.casework"
    default_auto_field = "django.db.models.UUIDField"
