from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "onewindow.desks.board"
    label = "desk_board"
