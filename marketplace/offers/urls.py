from django.urls import path

from marketplace.offers import views

urlpatterns = [
    path("profil/anbieter/<slug:slug>/bedarfe/", views.offer_needs, name="offer_needs"),
    path("bedarfe/<int:pk>/unsere-loesungen/", views.need_offers, name="need_offers"),
    path("bedarfe/<int:pk>/unsere-loesungen/<slug:slug>/", views.need_place, name="need_place"),
]
