from django.urls import path

from marketplace.matching import views

urlpatterns = [
    path("bedarfe/<int:pk>/treffer/", views.need_matches, name="need_matches"),
    path("rangfolge/", views.ranking_rule, name="ranking_rule"),
]
