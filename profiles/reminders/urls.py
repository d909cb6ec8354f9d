from django.urls import path

from profiles.reminders import views

urlpatterns = [path("<slug:slug>/", views.provider_check, name="provider_check")]
