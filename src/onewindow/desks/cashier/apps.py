from django.apps import AppConfig


class CashierConfig(AppConfig):
    name = "onewindow.desks.cashier"
    label = "cashier"
    verbose_name = "收费 Cashier"
