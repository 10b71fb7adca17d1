from django.apps import AppConfig


class QueueingConfig(AppConfig):
    name = "onewindow.stages.queueing"
    label = "queueing"
    verbose_name = "排队 Queueing"
