from django.urls import path

from criteria.assessments import portfolio_views, public_views, report_views, views

app_name = "assessments"

urlpatterns = [
    path("", views.assessments, name="list"),
    path("neu/", views.assessment_new, name="new"),
    path("ueberblick/", portfolio_views.portfolio, name="portfolio"),
    path("ueberblick/jahre/", portfolio_views.portfolio_review, name="portfolio_review"),
    path("briefkopf/", portfolio_views.letterhead, name="letterhead"),
    path("briefkopf/muster.pdf", portfolio_views.letterhead_sample, name="letterhead_sample"),
    path("geteilt/<str:token>/", public_views.shared, name="shared"),
    path("loesung/<slug:slug>/", public_views.of_solution, name="of_solution"),
    path("loesung/<slug:slug>/<slug:key>/bestaetigen/", public_views.confirm, name="confirm"),
    path("<int:pk>/", views.assessment, name="detail"),
    path("<int:pk>/bearbeiten/", views.assessment_edit, name="edit"),
    path("<int:pk>/kriterium/<slug:key>/", views.rating, name="rating"),
    path("<int:pk>/kriterium/<slug:key>/wert/", views.rating_value, name="value"),
    path("<int:pk>/ergebnis/", report_views.results, name="results"),
    path("<int:pk>/stand/", report_views.snapshot, name="snapshot"),
    path("<int:pk>/fassung/", views.assessment_move, name="move"),
    path("<int:pk>/bericht/", report_views.report, name="report"),
    path("<int:pk>/bericht.pdf", report_views.report_pdf, name="report_pdf"),
    path("<int:pk>/bericht.xlsx", report_views.report_xlsx, name="report_xlsx"),
    path("<int:pk>/link/", report_views.share, name="share"),
    path("<int:pk>/link/<int:link>/zurueckziehen/", report_views.revoke, name="revoke"),
]
