from django.apps import AppConfig


class KitConfig(AppConfig):
    """Pages, tables, panels, forms, components; no domain model."""

    name = "throughgate.kit"
    label = "kit"
