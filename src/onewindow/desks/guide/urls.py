from django.urls import path

from onewindow.desks.guide import views

urlpatterns = [
    path("items/", views.items, name="items"),
    path("items/<str:name>/", views.item, name="item"),
    path("items/<slug:name>/mine/", views.mine, name="item-mine"),
]
