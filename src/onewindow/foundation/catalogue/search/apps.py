from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "onewindow.foundation.catalogue.search"
    label = "search"
    verbose_name = "事项搜索 Search"
