from django.urls import path

from marketplace.alerts import views

urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("suche-merken/", views.search_save, name="search_save"),
    path("<int:pk>/schalten/", views.watch_switch, name="watch_switch"),
    path("<int:pk>/loeschen/", views.watch_delete, name="watch_delete"),
]
