from django.urls import include, path

app_name = "surveys"
urlpatterns = [
    path("", include("challenges.surveys.results.urls")),
    path("", include("challenges.surveys.acting.urls")),
]
