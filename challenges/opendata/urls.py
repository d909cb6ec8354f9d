from django.urls import path

from challenges.opendata.views import challenge_figures

app_name = "opendata"
urlpatterns = [path("zahlen/", challenge_figures, name="figures")]
