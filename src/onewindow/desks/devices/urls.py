from django.urls import path

from onewindow.desks.devices import printers, views

urlpatterns = [
    path("devices/phones/", views.phones, name="phones"),
    path("devices/phones/<slug:name>/", views.phones, name="phone"),
    path("devices/printer/", printers.tray, name="tray"),
    path("devices/printer/<int:n>.png", printers.tray_picture, name="tray-picture"),
    path("devices/printer/<int:n>.pdf", printers.tray_paper, name="tray-paper"),
]
