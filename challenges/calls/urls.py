"""Words beside the challenges' own addresses are kept free in starting.py."""

from django.urls import path

from challenges.calls.views import deciding, public, questions, writing
from challenges.procurement.views import adviser

app_name = "calls"
urlpatterns = [
    path("", public.challenges, name="list"),
    path("feed/", public.challenge_feed, name="feed"),
    path("vergabeweg/", adviser, name="adviser"),
    path("eigene/", writing.own, name="own"),
    path("neu/", writing.new, name="new"),
    path("entwurf/<int:pk>/", writing.draft, name="draft"),
    path("entwurf/<int:pk>/einreichen/", deciding.submit, name="submit"),
    path("entwurf/<int:pk>/zurueckgeben/", deciding.give_back, name="give_back"),
    path("entwurf/<int:pk>/veroeffentlichen/", deciding.publish, name="publish"),
    path("entwurf/<int:pk>/abbrechen/", deciding.cancel, name="cancel"),
    path("entwurf/<int:pk>/nachtrag/", deciding.addendum, name="addendum"),
    path("entwurf/<int:pk>/schritt/<slug:slug>/", writing.step, name="step"),
    path("<slug:slug>/", public.challenge, name="detail"),
    path("<slug:slug>/fristen.ics", public.challenge_ics, name="ics"),
    path("<slug:slug>/beobachten/", public.challenge_watch, name="watch"),
    path("<slug:slug>/fragen/neu/", questions.ask, name="ask"),
    path("<slug:slug>/fragen/", questions.answers, name="answers"),
    path("<slug:slug>/fragen/veroeffentlichen/", questions.answers_publish, name="answers_publish"),
    path("<slug:slug>/fragen/<int:pk>/", questions.answer, name="answer"),
]
