from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "onewindow.foundation.staff"
    label = "staff"
    verbose_name = "工作人员 Staff"
