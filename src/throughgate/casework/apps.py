from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "throughgate.casework"
    verbose_name = "Casework"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from throughgate.casework.actions import custody_changed  # noqa: PLC0415 (needs the models to be loaded)

        custody_changed.register()
