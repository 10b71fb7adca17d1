from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onewindow.foundation.people"
    label = "people"
    verbose_name = "办事人 People"
