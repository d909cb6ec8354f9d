from django.urls import path

from marketplace.fields import views

app_name = "fields"
urlpatterns = [
    path("<int:pk>/", views.field, name="field"),
    path("<int:pk>/bearbeiten/", views.field_edit, name="edit"),
    path("<int:pk>/rang/", views.field_shift, name="shift"),
    path("<int:pk>/anbieter/", views.field_invite, name="invite"),
    path("<int:pk>/ergebnis/", views.field_outcome, name="outcome"),
    path("<int:pk>/challenge/", views.field_challenge, name="challenge"),
    path("<int:pk>/loeschen/", views.field_delete, name="delete"),
]
