from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def load_data(sender: Any, *, plan: Any = None, **kwargs: Any) -> None:
    """The places that come with the product, after the tables are there: a clone, a new version, a test database."""
    from throughgate.custody.actions import load_facilities  # noqa: PLC0415 (needs the models to be loaded)

    load_facilities()


class CustodyConfig(AppConfig):
    name = "throughgate.custody"
    verbose_name = "Custody"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        # All of these need the models to be loaded.
        from throughgate.custody import words  # noqa: F401, PLC0415 (registers them)
        from throughgate.custody.actions import forget_standing, merged  # noqa: PLC0415
        from throughgate.custody.screens import joining  # noqa: PLC0415
        from throughgate.people.actions import on_erased, on_merged  # noqa: PLC0415

        post_migrate.connect(load_data, sender=self, dispatch_uid="custody.facilities")
        joining.join_people()
        on_erased.append(forget_standing)
        on_merged.append(merged)
