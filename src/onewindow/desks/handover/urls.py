from django.urls import path

from onewindow.desks.handover import views

urlpatterns = [
    path("handover/", views.shelf, name="handover"),
    path("handover/collect/", views.hand_over, name="handover-collect"),
    path("handover/<uuid:uuid>/paper/<slug:kind>/", views.paper, name="handover-paper"),
    path("handover/<uuid:uuid>/paper/<slug:kind>.pdf", views.paper_pdf, name="handover-paper-pdf"),
    path("handover/<uuid:uuid>/paper/<slug:kind>/print/", views.paper_print, name="handover-paper-print"),
]
