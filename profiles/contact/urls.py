from django.urls import path

from profiles.contact import starting, views

app_name = "contact"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("neu/anbieter/<slug:slug>/", starting.to_provider, name="provider"),
    path("neu/loesung/<slug:slug>/", starting.about_solution, name="solution"),
    path("neu/einsatz/<int:pk>/", starting.to_colleague, name="colleague"),
    path("<int:pk>/", views.thread, name="thread"),
    path("<int:pk>/beenden/", views.thread_close, name="close"),
    path("melden/<int:pk>/", views.message_report, name="report"),
]
