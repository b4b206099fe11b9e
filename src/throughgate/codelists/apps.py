from django.apps import AppConfig


class CodelistsConfig(AppConfig):
    name = "throughgate.codelists"
    default_auto_field = "django.db.models.UUIDField"
