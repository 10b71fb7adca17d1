from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "onewindow.desks.portal"
    label = "desk_portal"
