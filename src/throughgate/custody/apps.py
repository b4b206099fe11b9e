from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "throughgate.custody"
    default_auto_field = "django.db.models.UUIDField"
