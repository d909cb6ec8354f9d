"""Included by the addresses of surveys, whose name space they share."""

from django.urls import path

from challenges.surveys.results import public, views

urlpatterns = [
    path("ergebnisse/", public.public_list, name="public_list"),
    path("<slug:slug>/oeffentlich/", public.public_results, name="public_results"),
    path("<slug:slug>/oeffentlich/daten.csv", public.public_results_csv, name="public_results_csv"),
    path(
        "<slug:slug>/oeffentlich/daten.json", public.public_results_json, name="public_results_json"
    ),
    path("<slug:slug>/ergebnisse/", views.results, name="results"),
    path("<slug:slug>/ergebnisse/ruecklauf.csv", views.results_rate_csv, name="results_rate_csv"),
    path(
        "<slug:slug>/ergebnisse/ruecklauf.xlsx", views.results_rate_xlsx, name="results_rate_xlsx"
    ),
    path(
        "<slug:slug>/ergebnisse/antworten.xlsx",
        views.results_answers_xlsx,
        name="results_answers_xlsx",
    ),
    path("<slug:slug>/ergebnisse/bericht.pdf", views.results_report_pdf, name="results_report_pdf"),
    path("<slug:slug>/ergebnisse/veroeffentlichen/", views.results_publish, name="results_publish"),
    path("<slug:slug>/ergebnisse/zurueckziehen/", views.results_withdraw, name="results_withdraw"),
]
