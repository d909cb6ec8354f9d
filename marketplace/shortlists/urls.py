from django.urls import path

from marketplace.shortlists import views

urlpatterns = [
    path("", views.shortlist, name="shortlist"),
    path("export.xlsx", views.shortlist_xlsx, name="shortlist_xlsx"),
    path("export.pdf", views.shortlist_pdf, name="shortlist_pdf"),
    path("hinzufuegen/<slug:slug>/", views.shortlist_add, name="shortlist_add"),
    path("<int:pk>/", views.shortlist_entry, name="shortlist_entry"),
    path("<int:pk>/notiz/", views.shortlist_note, name="shortlist_note"),
]
