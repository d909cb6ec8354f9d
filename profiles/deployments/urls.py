from django.urls import path

from profiles.deployments import answering, views

app_name = "deployments"
urlpatterns = [
    path("", views.deployments, name="list"),
    path("neu/<slug:slug>/", views.deployment_new, name="new"),
    path("<int:pk>/", views.deployment, name="detail"),
    path("<int:pk>/aendern/", views.deployment_edit, name="edit"),
    path("<int:pk>/loeschen/", views.deployment_remove, name="remove"),
    path("<int:pk>/erneut/", views.deployment_resend, name="resend"),
    path("<int:pk>/zuruecknehmen/", answering.withdraw, name="withdraw"),
    path("<int:pk>/einwilligung/", answering.consent, name="consent"),
    path("<int:pk>/anerkennen/", answering.accept, name="accept"),
    path("<int:pk>/nicht-anerkennen/", answering.reject, name="reject"),
    path("anfrage/<int:pk>/", answering.decide, name="decide"),
    path("bestaetigen/<str:token>/", answering.confirm, name="confirm"),
]
