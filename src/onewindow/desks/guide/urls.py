from django.urls import path

from onewindow.desks.guide import together, views

urlpatterns = [
    path("items/", views.items, name="items"),
    path("items/<str:name>/", views.item, name="item"),
    path("items/<slug:name>/mine/", views.mine, name="item-mine"),
    path("together/", together.bundles, name="together"),
    path("together/<slug:bundle>/", together.bundle, name="together-bundle"),
    path("together/<slug:bundle>/mine/", together.mine, name="together-mine"),
]
