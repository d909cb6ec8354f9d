from django.urls import path

from challenges.needs import contacting, ends, views, writing

app_name = "needs"
urlpatterns = [
    path("", views.needs, name="list"),
    path("neu/", writing.need_new, name="new"),
    path("<int:pk>/", views.need, name="detail"),
    path("<int:pk>/bearbeiten/", writing.need_edit, name="edit"),
    path("<int:pk>/einstellen/", writing.need_release, name="release"),
    path("<int:pk>/abschliessen/", ends.need_end, name="end"),
    path("<int:pk>/nachricht/", contacting.need_contact, name="contact"),
    path("<int:pk>/wieder-oeffnen/", ends.need_reopen, name="reopen"),
]
