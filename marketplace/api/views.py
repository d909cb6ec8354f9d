from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.api.reference import endpoints, openapi
from marketplace.api.routing import router, single


@login_not_required
@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """Explain the API to people; list the addresses to programs that ask for JSON."""
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse(_addresses(request))
    else:
        response = render(request, "marketplace/api.html", {"endpoints": list(endpoints())})
    patch_vary_headers(response, ["Accept"])
    return response


def _addresses(request: HttpRequest) -> dict[str, str]:
    names = {prefix: f"api:{basename}-list" for prefix, _, basename in router.registry}
    names |= {name: f"api:{name}" for name in single}
    names["schema"] = "api:schema"
    return {name: request.build_absolute_uri(reverse(view)) for name, view in names.items()}


@extend_schema(exclude=True)
class SchemaView(APIView):
    permission_classes = [AllowAny]
    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    ]

    def get(self, request: Request) -> Response:
        return Response(openapi(), headers={"Access-Control-Allow-Origin": "*"})


@extend_schema(exclude=True)
class UnknownAddress(APIView):
    """Say in JSON that there is nothing here."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound
