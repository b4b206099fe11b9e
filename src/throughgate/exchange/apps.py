from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "throughgate.exchange"
    verbose_name = "Exchange"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from throughgate.exchange import screens, words, work  # noqa: F401, PLC0415 (declares jobs, needs the models)

        screens.join_people()
