from django.urls import path

from onewindow.desks.portal import evaluations, secrecy, views

urlpatterns = [
    path("", views.front, name="front"),
    path("progress/", views.ask, name="ask"),
    path("p/<str:code>/", views.progress, name="progress"),
    path("p/<str:code>/<uuid:uuid>/<slug:kind>/", views.paper, name="progress-paper"),
    path("p/<str:code>/<uuid:uuid>/<slug:kind>.pdf", views.paper_pdf, name="progress-paper-pdf"),
    path("p/<str:code>/together/<uuid:uuid>/", views.receipt, name="progress-receipt"),
    path("p/<str:code>/together/<uuid:uuid>.pdf", views.receipt_pdf, name="progress-receipt-pdf"),
    path("p/<str:code>/evaluate/", evaluations.evaluate, name="evaluate-visit"),
    path("p/<str:code>/evaluate/<uuid:uuid>/", evaluations.evaluate, name="evaluate-case"),
    path("p/<str:code>/secrecy/<uuid:uuid>/", secrecy.secrecy, name="secrecy"),
    path("satisfaction/", evaluations.published, name="satisfaction"),
    path("signin/", views.sign_in, name="sign-in"),
    path("signout/", views.sign_out, name="sign-out"),
]
