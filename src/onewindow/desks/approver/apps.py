from django.apps import AppConfig


class ApproverConfig(AppConfig):
    name = "onewindow.desks.approver"
    label = "desk_approver"
