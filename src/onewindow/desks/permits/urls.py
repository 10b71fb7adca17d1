from django.urls import path

from onewindow.desks.permits import views

urlpatterns = [
    path("permits/", views.permits, name="permits"),
    path("permits/export.csv", views.export, name="permits-export"),
    path("permits/<uuid:uuid>/", views.permit, name="permit"),
    path("permits/<uuid:uuid>/mark/", views.mark, name="permit-mark"),
]
