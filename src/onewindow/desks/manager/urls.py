from django.urls import path

from onewindow.desks.manager import evaluations, measures, views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/measures/", measures.measures, name="measures"),
    path("today/clock/<uuid:uuid>/", views.clock_of, name="today-clock"),
    path("today/evaluations/", evaluations.listed, name="evaluations"),
    path("today/evaluations/<uuid:uuid>/", evaluations.one, name="evaluation"),
    path("today/evaluations/<uuid:uuid>/move/", evaluations.move, name="evaluation-move"),
]
