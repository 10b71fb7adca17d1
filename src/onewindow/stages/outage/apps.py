from django.apps import AppConfig


class OutageConfig(AppConfig):
    name = "onewindow.stages.outage"
    label = "outage"
    verbose_name = "停机 Outage"
