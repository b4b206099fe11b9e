from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "throughgate.vault"
    verbose_name = "Vault"
    default_auto_field = "django.db.models.UUIDField"
