from django.apps import AppConfig


class PulsesConfig(AppConfig):
    name = "onewindow.kernel.pulses"
    label = "pulses"
    verbose_name = "心跳 Pulses"
