from django.urls import path

from marketplace.pooling import views

urlpatterns = [
    path("bedarfe/<int:pk>/gemeinsam/", views.need_allies, name="need_allies"),
    path("bedarfe/<int:pk>/gemeinsam-vorgehen/", views.need_join, name="need_join"),
    path("marktluecken/", views.market_gaps, name="market_gaps"),
]
