from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "onewindow.oversight.evaluation"
    label = "evaluation"
    verbose_name = "好差评 Evaluation"
