from django.apps import AppConfig


class AcceptanceConfig(AppConfig):
    name = "onewindow.stages.acceptance"
    label = "acceptance"
    verbose_name = "受理 Acceptance"
