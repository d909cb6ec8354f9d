from django.urls import path

from profiles.keeping import moderation, views, writing

app_name = "keeping"
urlpatterns = [
    path("anbieter/<slug:slug>/", views.offers, name="list"),
    path("anbieter/<slug:slug>/angaben/", views.profile, name="profile"),
    path("anbieter/<slug:slug>/neu/", views.draft_new, name="new"),
    path("loesung/<slug:slug>/bearbeiten/", views.solution_edit, name="edit"),
    path("loesung/<slug:slug>/zurueckziehen/", views.solution_withdraw, name="withdraw"),
    path("loesung/<slug:slug>/anbieten/", views.solution_bring_back, name="bring_back"),
    path("entwurf/<int:pk>/", writing.draft, name="draft"),
    path("entwurf/<int:pk>/einreichen/", writing.submit, name="submit"),
    path("entwurf/<int:pk>/zuruecknehmen/", writing.take_back, name="take_back"),
    path("entwurf/<int:pk>/verwerfen/", writing.discard, name="discard"),
    path("entwurf/<int:pk>/schritt/<slug:slug>/", writing.step, name="step"),
    path("pruefen/", moderation.queue, name="queue"),
    path("pruefen/<int:pk>/", moderation.check, name="check"),
    path("pruefen/<int:pk>/veroeffentlichen/", moderation.check_publish, name="publish"),
    path("pruefen/<int:pk>/aendern/", moderation.check_return, name="return"),
]
