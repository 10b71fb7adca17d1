from django.urls import path

from onewindow.desks.evaluator import views

urlpatterns = [
    path("evaluate/<uuid:uuid>/", views.evaluator, name="evaluator"),
    path("evaluations/mine/", views.mine, name="evaluations-mine"),
]
