"""Mounted beside the other pages of a provider; the files themselves are in `marketplace.urls`."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from profiles.files import views


class KindConverter(StringConverter):
    regex = "bild|dokument"


register_converter(KindConverter, "file_kind")

urlpatterns = [
    path("<slug:slug>/dateien/", views.solution_files, name="solution_files"),
    path(
        "<slug:slug>/dateien/neu/<file_kind:kind>/",
        views.solution_file_new,
        name="solution_file_new",
    ),
    path(
        "<slug:slug>/dateien/<int:pk>/verschieben/",
        views.solution_file_move,
        name="solution_file_move",
    ),
    path(
        "<slug:slug>/dateien/<int:pk>/beschreibung/",
        views.solution_file_alt,
        name="solution_file_alt",
    ),
    path(
        "<slug:slug>/dateien/<int:pk>/entfernen/",
        views.solution_file_remove,
        name="solution_file_remove",
    ),
    path("<slug:slug>/nachweise/<int:pk>/", views.claim_evidence, name="claim_evidence"),
    path(
        "<slug:slug>/nachweise/<int:pk>/entfernen/",
        views.claim_evidence_remove,
        name="claim_evidence_remove",
    ),
]
