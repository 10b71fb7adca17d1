from django.urls import path

from onewindow.desks.board import views

urlpatterns = [path("board/<slug:site>/<slug:code>/", views.board, name="board")]
