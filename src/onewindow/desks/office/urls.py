from django.urls import path

from onewindow.desks.office import accounts, calendar, health, missed, places, views

urlpatterns = [
    path("office/", views.front, name="office"),
    path("office/accounts/", accounts.accounts, name="office-accounts"),
    path("office/accounts/new/", accounts.create, name="office-account-new"),
    path("office/accounts/<uuid:uuid>/", accounts.account, name="office-account"),
    path("office/accounts/<uuid:uuid>/posts/", accounts.reassign, name="office-account-posts"),
    path("office/accounts/<uuid:uuid>/suspend/", accounts.suspend, name="office-account-suspend"),
    path("office/accounts/<uuid:uuid>/reinstate/", accounts.reinstate, name="office-account-reinstate"),
    path("office/accounts/<uuid:uuid>/password/", accounts.reset, name="office-account-password"),
    path("office/calendar/", calendar.calendar, name="office-calendar"),
    path("office/calendar/plan/", calendar.rehearse, name="office-calendar-plan"),
    path("office/calendar/edit/", calendar.edit, name="office-calendar-edit"),
    path("office/calendar/publish/", calendar.publish, name="office-calendar-publish"),
    path("office/calendar/upload/", calendar.upload, name="office-calendar-upload"),
    path("office/health/", health.health, name="office-health"),
    path("office/health.json", health.health_json, name="office-health-json"),
    path("office/health/jobs/<int:n>/retry/", health.retry, name="office-health-retry"),
    path("office/missed/", missed.missed, name="office-missed"),
    path("office/missed/settle/", missed.settle, name="office-missed-settle"),
    path("office/places/", places.places, name="office-places"),
    path("office/places/name/", places.rename, name="office-site-name"),
    path("office/places/hours/", places.site_hours, name="office-site-hours"),
    path("office/places/halls/<str:code>/hours/", places.hall_hours, name="office-hall-hours"),
    path("office/places/halls/<str:code>/name/", places.rename_hall, name="office-hall-name"),
    path("office/places/halls/<str:code>/windows/", places.install, name="office-window-new"),
    path("office/places/windows/<uuid:uuid>/pause/", places.pause, name="office-window-pause"),
    path("office/places/windows/<uuid:uuid>/resume/", places.resume, name="office-window-resume"),
    path("password/", accounts.own_password, name="own-password"),
]
