from django.urls import path

from marketplace.solutions import feeds, views
from profiles.publiccode.views import solution_publiccode

urlpatterns = [
    path("loesungen/", views.solutions, name="solutions"),
    path("loesungen/feed/", feeds.solution_feed, name="solutions_feed"),
    path("loesungen/export.csv", views.solutions_csv, name="solutions_csv"),
    path("loesungen/export.xlsx", views.solutions_xlsx, name="solutions_xlsx"),
    path("loesungen/<slug:slug>/", views.solution, name="solution"),
    path("loesungen/<slug:slug>/publiccode.yml", solution_publiccode, name="solution_publiccode"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
    path("kommunen/", views.municipality_options, name="municipality_options"),
]
