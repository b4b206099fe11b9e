from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "throughgate.casework"
    verbose_name = "Casework"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        # All of these need the models to be loaded.
        from throughgate.casework import words  # noqa: F401, PLC0415 (registers them)
        from throughgate.casework.actions import custody_changed, merging  # noqa: PLC0415
        from throughgate.casework.screens import in_touch, joining  # noqa: PLC0415
        from throughgate.people.actions import on_merged  # noqa: PLC0415

        custody_changed.register()
        on_merged.append(merging.merged)  # after custody's: it goes by the standing
        joining.join_people()
        in_touch.join_people()
