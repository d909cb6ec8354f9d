from django.urls import path

from challenges.applications import file_views, issuing, partners, views
from challenges.applications.models import FileSlot, FormQuestion, PricePosition

app_name = "applications"
parts = (
    ("datei", FileSlot, "slot_remove"),
    ("frage", FormQuestion, "question_remove"),
    ("position", PricePosition, "position_remove"),
)
urlpatterns = [
    path("", views.application_list, name="list"),
    path("challenge/<slug:slug>/neu/", views.application_new, name="new"),
    path("challenge/<slug:slug>/formular/", issuing.form_edit, name="form"),
    path("challenge/<slug:slug>/schluessel/", issuing.key_holders, name="keys"),
    path("challenge/<slug:slug>/schluessel/abgeben/", issuing.key_give_back, name="key_give_back"),
    path("challenge/<slug:slug>/oeffnen/", issuing.applications_open, name="open"),
    path("challenge/<slug:slug>/eingegangen/", issuing.opened_list, name="opened_list"),
    path("eingegangen/<int:pk>/", issuing.opened, name="opened"),
    path("eingegangen/<int:pk>/datei/<int:file>/", file_views.opened_file, name="opened_file"),
    path("partnerschaft/<int:pk>/", partners.partner_answer, name="partner"),
    path("partnerschaft/<int:pk>/entfernen/", partners.partner_remove, name="partner_remove"),
    path("<int:pk>/", views.application, name="detail"),
    path("<int:pk>/bearbeiten/", views.application_edit, name="edit"),
    path("<int:pk>/kopie/", views.application_copy, name="copy"),
    path("<int:pk>/einreichen/", views.application_submit, name="submit"),
    path("<int:pk>/zurueckziehen/", views.application_withdraw, name="withdraw"),
    path("<int:pk>/ersetzen/", views.application_replace, name="replace"),
    path("<int:pk>/quittung/<int:number>/", views.application_receipt, name="receipt"),
    path("<int:pk>/datei/<int:slot>/", file_views.file_add, name="file_add"),
    path("<int:pk>/datei/<int:slot>/entfernen/", file_views.file_remove, name="file_remove"),
    path("<int:pk>/partner/", partners.partner_add, name="partner_add"),
    *(
        path(f"{word}/<int:pk>/entfernen/", issuing.part_remove, {"kind": kind}, name=name)
        for word, kind, name in parts
    ),
]
