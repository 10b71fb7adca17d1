from django.apps import AppConfig


class PaymentConfig(AppConfig):
    name = "onewindow.stages.payment"
    label = "payment"
    verbose_name = "缴费 Payment"
