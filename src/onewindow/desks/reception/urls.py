from django.urls import path

from onewindow.desks.reception import views

urlpatterns = [
    path("tickets/", views.printer, name="printer"),
    path("tickets/<uuid:uuid>/", views.follow, name="ticket"),
]
