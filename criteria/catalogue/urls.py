from django.urls import path

from criteria.catalogue import views
from criteria.catalogue.terms import Kind

OPERATOR_MODELS = {"kind": Kind.OPERATOR_MODEL}
GOOD_PRACTICES = {"kind": Kind.GOOD_PRACTICE}

app_name = "criteria"

urlpatterns = [
    path("", views.criteria_list, name="list"),
    path("netz/", views.network, name="network"),
    path("betreibermodelle/", views.term_list, OPERATOR_MODELS, name="operator_models"),
    path("betreibermodelle/<slug:key>/", views.term, OPERATOR_MODELS, name="operator_model"),
    path("beispiele/", views.term_list, GOOD_PRACTICES, name="good_practices"),
    path("beispiele/<slug:key>/", views.term, GOOD_PRACTICES, name="good_practice"),
    path("fassung/<int:number>/", views.criteria_list, name="version"),
    path("fassung/<int:number>/<slug:key>/", views.criterion, name="version_criterion"),
    # Last, so that no key can hide a page above.
    path("<slug:key>/", views.criterion, name="criterion"),
]
