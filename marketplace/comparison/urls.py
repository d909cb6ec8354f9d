from django.urls import path

from marketplace.comparison import views

urlpatterns = [
    path("vergleich/", views.comparison, name="comparison"),
    path("vergleich/export.xlsx", views.comparison_xlsx, name="comparison_xlsx"),
    path("vergleich/export.pdf", views.comparison_pdf, name="comparison_pdf"),
]
