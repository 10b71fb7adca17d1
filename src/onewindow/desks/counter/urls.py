from django.urls import path

from onewindow.desks.counter import applying, capture, filing, papers, views, visitors

urlpatterns = [
    path("counter/", views.counter, name="counter"),
    path("counter/windows/<uuid:uuid>/open/", views.open_, name="counter-open"),
    path("counter/leave/", views.leave, name="counter-leave"),
    path("counter/next/", views.call_next, name="counter-next"),
    path("counter/recall/", views.recall, name="counter-recall"),
    path("counter/miss/", views.miss, name="counter-miss"),
    path("counter/requeue/<uuid:uuid>/", views.requeue, name="counter-requeue"),
    path("counter/sit/", views.sit, name="counter-sit"),
    path("counter/end/", views.end, name="counter-end"),
    path("counter/parties/", visitors.parties, name="counter-parties"),
    path("counter/verify/", visitors.verify, name="counter-verify"),
    path("counter/apply/<slug:item>/", applying.apply, name="counter-apply"),
    path("counter/apply/<slug:item>/draft/", applying.draft, name="counter-draft"),
    path("counter/accept/", filing.accept_all, name="counter-accept-all"),
    path("counter/case/<uuid:uuid>/", filing.file, name="counter-case"),
    path("counter/case/<uuid:uuid>/check/", filing.check, name="counter-check"),
    path("counter/case/<uuid:uuid>/supplement/", filing.supplement, name="counter-supplement"),
    path("counter/case/<uuid:uuid>/refuse/", filing.refuse, name="counter-refuse"),
    path("counter/case/<uuid:uuid>/void/", filing.void, name="counter-void"),
    path("counter/case/<uuid:uuid>/pages/", capture.pages, name="counter-pages"),
    path("counter/case/<uuid:uuid>/pages/attach/", capture.attach, name="counter-attach"),
    path("counter/case/<uuid:uuid>/pages/<uuid:page>/", capture.page, name="counter-page"),
    path("counter/case/<uuid:uuid>/pages/<uuid:page>.jpg", capture.page_picture, name="counter-page-picture"),
    path("counter/case/<uuid:uuid>/pages/<uuid:page>/original/", capture.page_original, name="counter-page-original"),
    path("counter/case/<uuid:uuid>/paper/<slug:kind>/", papers.paper, name="counter-paper"),
    path("counter/case/<uuid:uuid>/paper/<slug:kind>.pdf", papers.paper_pdf, name="counter-paper-pdf"),
    path("counter/case/<uuid:uuid>/paper/<slug:kind>/print/", papers.paper_print, name="counter-paper-print"),
    path("counter/case/<uuid:uuid>/paper/<slug:kind>/reissue/", papers.paper_reissue, name="counter-paper-reissue"),
]
