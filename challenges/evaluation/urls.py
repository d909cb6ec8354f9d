from django.urls import path

from challenges.evaluation.views import files, managing, outcome, reviewing

app_name = "evaluation"
urlpatterns = [
    path("", reviewing.reviews, name="list"),
    path("<slug:slug>/", managing.overview, name="overview"),
    path("<slug:slug>/abstand/", managing.spread, name="spread"),
    path("<slug:slug>/erinnern/", managing.remind, name="remind"),
    path("<slug:slug>/schliessen/", managing.close, name="close"),
    path("vorsitz/<int:pk>/", managing.appoint, name="appoint"),
    path("<slug:slug>/konflikte/", reviewing.declare, name="declare"),
    path("<slug:slug>/bogen/", reviewing.sheet, name="sheet"),
    path("<slug:slug>/bogen/abschliessen/", reviewing.lock, name="lock"),
    path("bewerbung/<int:pk>/", reviewing.score, name="score"),
    path("bewerbung/<int:pk>/datei/<int:file>/", files.blind_file, name="blind_file"),
    path("<slug:slug>/gemeinsam/<int:pk>/", reviewing.agree, name="agree"),
    path("<slug:slug>/gemeinsam/<int:pk>/datei/<int:file>/", files.agree_file, name="agree_file"),
    path("<slug:slug>/entscheidung/", outcome.propose, name="propose"),
    path("<slug:slug>/entscheidung/zeichnen/", outcome.sign, name="sign"),
    path("<slug:slug>/entscheidung/zurueckgeben/", outcome.dismiss, name="dismiss"),
    path("<slug:slug>/vermerk.pdf", outcome.record_pdf, name="record_pdf"),
    path("<slug:slug>/vermerk.xlsx", outcome.record_xlsx, name="record_xlsx"),
    path("schreiben/<int:pk>/", outcome.letter, name="letter"),
]
