from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "onewindow.desks.office"
    label = "desk_office"
