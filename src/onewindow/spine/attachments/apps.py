from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "onewindow.spine.attachments"
    label = "attachments"
    verbose_name = "材料电子件 Attachments"
