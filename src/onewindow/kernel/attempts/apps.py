from django.apps import AppConfig


class AttemptsConfig(AppConfig):
    name = "onewindow.kernel.attempts"
    label = "attempts"
    verbose_name = "尝试 Attempts"
