from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "throughgate.site"
    label = "site"
    verbose_name = "Throughgate"
