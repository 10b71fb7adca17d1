from django.apps import AppConfig


class EvaluatorConfig(AppConfig):
    name = "onewindow.desks.evaluator"
    label = "desk_evaluator"
