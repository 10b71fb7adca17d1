from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "onewindow.kernel.counting"
    label = "counting"
    verbose_name = "编号 Counting"
