from django.urls import path

from onewindow.desks.outage import backentry, views

urlpatterns = [
    path("outage/", views.office, name="outage"),
    path("outage/declare/", views.declare, name="outage-declare"),
    path("outage/<uuid:uuid>/end/", views.end, name="outage-end"),
    path("outage/booklets/", views.booklets, name="outage-booklets"),
    path("outage/booklets/<uuid:uuid>.pdf", views.booklet_pdf, name="outage-booklet-pdf"),
    path("outage/entries/<uuid:uuid>/confirm/", views.confirm, name="outage-confirm"),
    path("outage/enter/", backentry.enter, name="outage-enter"),
    path("outage/tickets/", backentry.tickets, name="outage-tickets"),
]
