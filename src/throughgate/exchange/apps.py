from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "throughgate.exchange"
    verbose_name = "Exchange"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from throughgate.exchange import screens, words, work  # noqa: F401, PLC0415 (declares jobs, needs the models)
        from throughgate.exchange.actions import made_by  # noqa: PLC0415
        from throughgate.people.actions import on_parting  # noqa: PLC0415

        screens.join_people()
        on_parting.append(made_by)
