from django.apps import AppConfig


class LookConfig(AppConfig):
    """The design system: tokens, components, the script bundle."""

    name = "onewindow.look"
    label = "look"
