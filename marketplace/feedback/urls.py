from django.urls import path

from marketplace.feedback import views

urlpatterns = [
    path(
        "bedarfe/<int:pk>/treffer/<slug:slug>/passt-nicht/",
        views.match_reject,
        name="match_reject",
    ),
    path(
        "bedarfe/<int:pk>/treffer/<slug:slug>/wieder-zeigen/",
        views.match_restore,
        name="match_restore",
    ),
]
