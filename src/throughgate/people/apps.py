from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "throughgate.people"
    verbose_name = "People"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from throughgate.access import sessions  # noqa: PLC0415 (needs the models to be loaded)
        from throughgate.people.naming import drop_unused  # noqa: PLC0415 (needs the models to be loaded)

        sessions.on_forget.append(drop_unused)
