from django.apps import AppConfig


class TourConfig(AppConfig):
    name = "onewindow.desks.tour"
    label = "desk_tour"
