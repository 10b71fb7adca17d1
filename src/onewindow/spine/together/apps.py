from django.apps import AppConfig


class TogetherConfig(AppConfig):
    name = "onewindow.spine.together"
    label = "together"
    verbose_name = "一件事 Filed together"
