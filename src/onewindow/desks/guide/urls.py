from django.urls import path

from onewindow.desks.guide import forms, paper, together, views

urlpatterns = [
    path("items/", views.items, name="items"),
    path("items/missed/", views.missed, name="items-missed"),
    path("items/<str:name>/", views.item, name="item"),
    path("items/<slug:name>/mine/", views.mine, name="item-mine"),
    path("items/<slug:name>/guide.pdf", paper.whole_pdf, name="item-pdf"),
    path("items/<slug:name>/mine/guide.pdf", paper.mine_pdf, name="item-mine-pdf"),
    path("items/<slug:name>/form.pdf", forms.form_pdf, name="item-form-pdf"),
    path("items/<slug:name>/mine/form.pdf", forms.mine_form_pdf, name="item-mine-form-pdf"),
    path("items/<slug:name>/print/", paper.print_whole, name="item-print"),
    path("items/<slug:name>/mine/print/", paper.print_mine, name="item-mine-print"),
    path("together/", together.bundles, name="together"),
    path("together/<slug:bundle>/", together.bundle, name="together-bundle"),
    path("together/<slug:bundle>/mine/", together.mine, name="together-mine"),
]
