from django.urls import path

from onewindow.desks.registry import views

urlpatterns = [
    path("registry/", views.search, name="registry"),
    path("registry/register/", views.register, name="registry-register"),
    path("registry/<uuid:uuid>/", views.record, name="registry-record"),
    path("registry/<uuid:uuid>/split/", views.split, name="registry-split"),
    path("registry/<uuid:uuid>/beside/<uuid:other>/", views.beside, name="registry-beside"),
    path("registry/<uuid:uuid>/beside/<uuid:other>/merge/", views.merge, name="registry-merge"),
]
