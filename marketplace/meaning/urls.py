from django.urls import path

from marketplace.meaning.views import found_by_meaning

urlpatterns = [path("suche/", found_by_meaning, name="found_by_meaning")]
