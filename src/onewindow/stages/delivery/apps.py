from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "onewindow.stages.delivery"
    label = "delivery"
    verbose_name = "出件 Delivery"
