from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "onewindow.desks.handover"
    label = "desk_handover"
