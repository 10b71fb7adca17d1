from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "onewindow.desks.editor"
    label = "desk_editor"
