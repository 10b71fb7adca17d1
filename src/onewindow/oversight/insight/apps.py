from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "onewindow.oversight.insight"
    label = "insight"
