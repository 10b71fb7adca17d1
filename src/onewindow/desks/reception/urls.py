from django.urls import path

from onewindow.desks.reception import views

urlpatterns = [
    path("tickets/", views.printer, name="printer"),
    path("tickets/<uuid:uuid>/", views.follow, name="ticket"),
    path("tickets/<uuid:uuid>.pdf", views.slip, name="ticket-pdf"),
    path("tickets/<uuid:uuid>/print/", views.print_again, name="ticket-print"),
]
