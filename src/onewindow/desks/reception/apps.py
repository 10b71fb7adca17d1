from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "onewindow.desks.reception"
    label = "desk_reception"
