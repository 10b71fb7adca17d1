from django.apps import AppConfig


class HolidaysConfig(AppConfig):
    name = "onewindow.spine.holidays"
    label = "holidays"
    verbose_name = "放假通知 Holiday notices"
