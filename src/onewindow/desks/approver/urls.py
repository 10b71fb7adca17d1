from django.urls import path

from onewindow.desks.approver import views

urlpatterns = [
    path("approver/", views.worklist, name="approver"),
    path("approver/<uuid:uuid>/", views.file, name="approver-file"),
    path("approver/<uuid:uuid>/decision/", views.decision, name="approver-decision"),
    path("approver/<uuid:uuid>/pages/<uuid:page>.jpg", views.page_picture, name="approver-page-picture"),
    path("approver/<uuid:uuid>/paper/<slug:kind>/", views.paper, name="approver-paper"),
    path("approver/<uuid:uuid>/paper/<slug:kind>.pdf", views.paper_pdf, name="approver-paper-pdf"),
    path("approver/<uuid:uuid>/paper/<slug:kind>/print/", views.paper_print, name="approver-paper-print"),
]
