from django.urls import path

from onewindow.desks.handover import views

urlpatterns = [
    path("handover/", views.shelf, name="handover"),
    path("handover/collect/", views.hand_over, name="handover-collect"),
]
