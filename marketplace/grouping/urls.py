from django.urls import path

from marketplace.grouping import views

app_name = "grouping"
urlpatterns = [
    path("<slug:slug>/gruppen/", views.grouping, name="overview"),
    path("<slug:slug>/gruppen/vorschlagen/", views.grouping_propose, name="propose"),
    path("<slug:slug>/gruppen/ohne/", views.ungrouped, name="ungrouped"),
    path("<slug:slug>/gruppen/verschieben/", views.statements_move, name="move"),
    path("gruppen/<int:pk>/", views.group, name="group"),
    path("gruppen/<int:pk>/zusammenfuehren/", views.group_merge, name="merge"),
    path("gruppen/<int:pk>/rang/", views.group_shift, name="shift"),
    path("gruppen/<int:pk>/handlungsfeld/", views.group_field, name="field"),
]
