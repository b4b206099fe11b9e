from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "throughgate.exchange"
    default_auto_field = "django.db.models.UUIDField"
