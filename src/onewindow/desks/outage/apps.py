from django.apps import AppConfig


class OutageDeskConfig(AppConfig):
    name = "onewindow.desks.outage"
    label = "desk_outage"
