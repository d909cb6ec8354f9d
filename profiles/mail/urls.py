from django.urls import path

from profiles.mail.views import mail_preferences, mail_unsubscribe

urlpatterns = [
    path("", mail_preferences, name="mail_preferences"),
    path("abbestellen/<str:token>/", mail_unsubscribe, name="mail_unsubscribe"),
]
