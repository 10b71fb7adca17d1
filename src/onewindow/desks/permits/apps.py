from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "onewindow.desks.permits"
    label = "permits"
    verbose_name = "许可公示 Permits"
