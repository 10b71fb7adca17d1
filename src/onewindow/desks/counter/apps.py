from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "onewindow.desks.counter"
    label = "desk_counter"
