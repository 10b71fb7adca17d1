from django.urls import path

from onewindow.desks.tour import views

urlpatterns = [
    path("tour/", views.begin, name="tour"),
    path("tour/<uuid:uuid>/", views.walk, name="tour-walk"),
    path("tour/<uuid:uuid>/do/<slug:step>/", views.do, name="tour-do"),
]
