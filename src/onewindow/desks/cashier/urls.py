from django.urls import path

from onewindow.desks.cashier import platform, views

urlpatterns = [
    path("cashier/", views.office, name="cashier"),
    path("cashier/statement/", views.statement, name="cashier-statement"),
    path("cashier/difference/<uuid:uuid>/", views.settle, name="cashier-settle"),
    path("cashier/refund/<uuid:uuid>/", views.refund, name="cashier-refund"),
    path("cashier/<uuid:uuid>/", views.order, name="cashier-order"),
    path("cashier/<uuid:uuid>/reduce/", views.reduce, name="cashier-reduce"),
    path("cashier/<uuid:uuid>/cancel/", views.cancel, name="cashier-cancel"),
    path("cashier/<uuid:uuid>/ask/", views.ask, name="cashier-ask"),
    path("cashier/<uuid:uuid>/look/", views.look, name="cashier-look"),
    path("cashier/issue/<uuid:uuid>/", views.issue, name="cashier-issue"),
    path("pay/<slug:code>/", platform.pay, name="pay"),
    path("payments/notify/", platform.notify, name="payment-notify"),
]
