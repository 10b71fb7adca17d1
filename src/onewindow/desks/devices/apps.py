from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "onewindow.desks.devices"
    label = "desk_devices"
