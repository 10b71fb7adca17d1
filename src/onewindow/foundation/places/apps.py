from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "onewindow.foundation.places"
    label = "places"
    verbose_name = "场所 Places"
