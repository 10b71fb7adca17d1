from django.apps import AppConfig


class RelayConfig(AppConfig):
    name = "onewindow.kernel.relay"
    label = "relay"
    verbose_name = "传递 Relay"
