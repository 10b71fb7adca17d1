from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "onewindow.spine.cases"
    label = "cases"
    verbose_name = "办件 Cases"
