from django.urls import path

from onewindow.desks.devices import views

urlpatterns = [
    path("devices/phones/", views.phones, name="phones"),
    path("devices/phones/<slug:name>/", views.phones, name="phone"),
]
