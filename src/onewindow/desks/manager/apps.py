from django.apps import AppConfig


class ManagerConfig(AppConfig):
    name = "onewindow.desks.manager"
    label = "desk_manager"
