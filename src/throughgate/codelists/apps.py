from django.apps import AppConfig


class CodelistsConfig(AppConfig):
    name = "throughgate.codelists"
    verbose_name = "Code lists"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from throughgate.codelists import words  # noqa: F401, PLC0415 (registers them; needs the models to be loaded)
