from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "onewindow.spine.visits"
    label = "visits"
    verbose_name = "办事 Visits"
