from django.urls import path

from onewindow.desks.manager import measures, views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/measures/", measures.measures, name="measures"),
    path("today/clock/<uuid:uuid>/", views.clock_of, name="today-clock"),
]
