from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "onewindow.stages.publication"
    label = "publication"
    verbose_name = "行政许可公示 Publication"
