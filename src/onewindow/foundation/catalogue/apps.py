from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "onewindow.foundation.catalogue"
    label = "catalogue"
    verbose_name = "事项 Catalogue"
