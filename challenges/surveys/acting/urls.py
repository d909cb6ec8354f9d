"""Included by the addresses of surveys, whose name space they share."""

from django.urls import path

from challenges.surveys.acting import views

urlpatterns = [
    path("einladungen/", views.invitation_list, name="invitations"),
    path("einladungen/<int:pk>/", views.invitation, name="invitation"),
]
