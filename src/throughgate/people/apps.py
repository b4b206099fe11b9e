from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "throughgate.people"
    verbose_name = "People"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        # All of these need the models to be loaded.
        from throughgate.access import sessions  # noqa: PLC0415
        from throughgate.people import (  # noqa: PLC0415
            lookalikes,
            naming,
            words,  # noqa: F401 (registers them)
        )
        from throughgate.people.finding import make_hashes_anew  # noqa: PLC0415
        from throughgate.vault import unlocking  # noqa: PLC0415

        sessions.on_forget += [naming.held_names.drop_unused, lookalikes.held_pairs.drop_unused]
        unlocking.on_rotated.append(make_hashes_anew)
