from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "onewindow.desks.guide"
    label = "desk_guide"
