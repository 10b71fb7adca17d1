from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    name = "onewindow.stages.approval"
    label = "approval"
    verbose_name = "审批 Approval"
