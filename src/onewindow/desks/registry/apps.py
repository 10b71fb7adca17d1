from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "onewindow.desks.registry"
    label = "desk_registry"
