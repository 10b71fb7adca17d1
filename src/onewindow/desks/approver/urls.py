from django.urls import path

from onewindow.desks.approver import papers, procedures, secrecy, views

urlpatterns = [
    path("approver/", views.worklist, name="approver"),
    path("approver/<uuid:uuid>/", views.file, name="approver-file"),
    path("approver/<uuid:uuid>/decision/", views.decision, name="approver-decision"),
    path("approver/<uuid:uuid>/procedure/", procedures.begin, name="approver-procedure"),
    path("approver/<uuid:uuid>/procedure/<uuid:procedure>/end/", procedures.end, name="approver-procedure-end"),
    path("approver/<uuid:uuid>/secrecy/<uuid:other>/", secrecy.decide, name="approver-secrecy"),
    path("approver/<uuid:uuid>/pages/<uuid:page>/", views.viewer, name="approver-page"),
    path("approver/<uuid:uuid>/pages/<uuid:page>.jpg", views.page_picture, name="approver-page-picture"),
    path("approver/<uuid:uuid>/paper/<slug:kind>/", papers.paper, name="approver-paper"),
    path("approver/<uuid:uuid>/paper/<slug:kind>.pdf", papers.paper_pdf, name="approver-paper-pdf"),
    path("approver/<uuid:uuid>/paper/<slug:kind>/print/", papers.paper_print, name="approver-paper-print"),
]
