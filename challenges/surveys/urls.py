from django.urls import include, path

from challenges.surveys import editing, filling, mails, questioning, respondents, views

app_name = "surveys"
urlpatterns = [
    path("", views.surveys, name="list"),
    path("", include("challenges.surveys.results.urls")),
    path("", include("challenges.surveys.acting.urls")),
    path("neu/", editing.survey_new, name="new"),
    path("antworten/<str:key>/", filling.answer, name="answer"),
    path("antworten/<str:key>/<int:number>/", filling.answer_section, name="answer_section"),
    path("antworten/<str:key>/ansehen/", filling.answer_review, name="answer_review"),
    path("antworten/<str:key>/abschicken/", filling.answer_submit, name="answer_submit"),
    path("antworten/<str:key>/aendern/", filling.answer_reopen, name="answer_reopen"),
    path("antworten/<str:key>/kopie.pdf", filling.answer_copy, name="answer_copy"),
    path("<slug:slug>/", views.survey, name="detail"),
    path("<slug:slug>/bearbeiten/", editing.survey_edit, name="edit"),
    path("<slug:slug>/vorschau/", views.preview, name="preview"),
    path("<slug:slug>/fragen/", questioning.questions, name="questions"),
    path("<slug:slug>/fragen/reihenfolge/", questioning.move, name="move"),
    path("<slug:slug>/fragen/abschnitt/", questioning.section_new, name="section_new"),
    path("<slug:slug>/fragen/abschnitt/<int:pk>/", questioning.section_edit, name="section_edit"),
    path("<slug:slug>/fragen/neu/<int:pk>/", questioning.question_new, name="question_new"),
    path("<slug:slug>/fragen/<int:pk>/", questioning.question_edit, name="question_edit"),
    path("<slug:slug>/fragen/<int:pk>/entfernen/", questioning.remove, name="question_remove"),
    path("<slug:slug>/befragte/", respondents.respondents, name="respondents"),
    path("<slug:slug>/befragte/gebiet/", respondents.territory, name="territory"),
    path("<slug:slug>/befragte/datei/", respondents.upload, name="upload"),
    path("<slug:slug>/befragte/<int:pk>/", respondents.respondent, name="respondent"),
    path("<slug:slug>/befragte/<int:pk>/link/", respondents.renew, name="respondent_renew"),
    path("<slug:slug>/befragte/<int:pk>/zugang/", respondents.revoke, name="respondent_revoke"),
    path("<slug:slug>/mails/", mails.mail_texts, name="mails"),
    path("<slug:slug>/mails/<slug:kind>/", mails.mail_text, name="mail"),
    path("<slug:slug>/versand/", mails.sending_control, name="sending"),
]
