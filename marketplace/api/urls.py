from django.urls import path, re_path

from marketplace.api.routing import members_router, router, single
from marketplace.api.views import SchemaView, UnknownAddress

app_name = "api"

urlpatterns = [
    *router.urls,
    *members_router.urls,
    *(path(f"{name}/", view.as_view(), name=name) for name, view in single.items()),
    path("schema/", SchemaView.as_view(), name="schema"),
    # Only with a slash at the end, so that an address without one is still redirected.
    re_path(r".*/$", UnknownAddress.as_view(), name="unknown"),
]
