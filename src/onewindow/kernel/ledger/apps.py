from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "onewindow.kernel.ledger"
    label = "ledger"
    verbose_name = "台账 Ledger"

    def ready(self) -> None:
        from onewindow.kernel.ledger.guards import put_in_place

        post_migrate.connect(put_in_place, sender=self)
