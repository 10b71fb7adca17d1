from django.urls import path

from onewindow.desks.manager import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/clock/<uuid:uuid>/", views.clock_of, name="today-clock"),
]
