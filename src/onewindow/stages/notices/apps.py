from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "onewindow.stages.notices"
    label = "notices"
    verbose_name = "消息 Notices"
