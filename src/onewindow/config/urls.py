"""Every address of the product, desk by desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("onewindow.desks.portal.urls")),
    path("", include("onewindow.desks.reception.urls")),
    path("", include("onewindow.desks.counter.urls")),
    path("", include("onewindow.desks.approver.urls")),
    path("", include("onewindow.desks.handover.urls")),
    path("", include("onewindow.desks.board.urls")),
    path("", include("onewindow.desks.manager.urls")),
    path("", include("onewindow.desks.devices.urls")),
    path("", include("onewindow.desks.tour.urls")),
    path("", include("onewindow.desks.outage.urls")),
    path("", include("onewindow.desks.guide.urls")),
    path("", include("onewindow.desks.evaluator.urls")),
    path("", include("onewindow.desks.registry.urls")),
    path("", include("onewindow.desks.office.urls")),
    path("", include("onewindow.desks.cashier.urls")),
    path("", include("onewindow.desks.permits.urls")),
    path("", include("onewindow.desks.editor.urls")),
    path("language/", include("django.conf.urls.i18n")),
]

handler400 = "onewindow.config.failures.bad_request"
handler404 = "onewindow.config.failures.page_not_found"
handler500 = "onewindow.config.failures.server_error"
