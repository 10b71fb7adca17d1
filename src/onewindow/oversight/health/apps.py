from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "onewindow.oversight.health"
    label = "health"
    verbose_name = "运行状况 Health"
