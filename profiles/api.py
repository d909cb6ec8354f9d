"""The read API of this room, over the querysets and filters of its pages.

Open to everybody, and readable from any web page (CORS): it tells what the public pages tell,
and `*` excludes cookies, so that a foreign page sees nothing that its visitor could see alone.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar

import numpy as np
from django.db.models import Model, Prefetch
from drf_spectacular.openapi import AutoSchema
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from profiles import api_filters as filters
from profiles import serializers
from profiles.models import (
    Deployment,
    Municipality,
    Organisation,
    Provider,
    SizeClass,
    Solution,
    Standard,
    StandardClaim,
    State,
    TechnologyTag,
    Topic,
)
from profiles.snapshot import Selection
from profiles.snapshot.reading import Ids

Row = TypeVar("Row", bound=Model)
SLUG = "[-a-zA-Z0-9_]+"


class PublicSchema(AutoSchema):
    """Names the refusals beside the answers, so that clients can be made from the schema."""

    detail: ClassVar = {
        "type": "object",
        "properties": {"detail": {"type": "string"}},
        "required": ["detail"],
    }
    field_errors: ClassVar = {
        "type": "object",
        "description": "The messages by parameter.",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    }

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation:
            refusals = {
                "404": ("No such row or page.", self.detail),
                "429": ("Too many requests; `Retry-After` says how many seconds.", self.detail),
            }
            if self._is_list_view():
                refusals["400"] = ("A parameter has an unknown value.", self.field_errors)
            for status, (description, schema) in sorted(refusals.items()):
                content = {"application/json": {"schema": schema}}
                operation["responses"][status] = {"description": description, "content": content}
        return operation


class PublicViewSet(viewsets.ReadOnlyModelViewSet[Row]):
    """Read by everybody."""

    permission_classes = [AllowAny]
    schema = PublicSchema()
    lookup_field = "key"
    lookup_value_regex = SLUG

    example: ClassVar[dict[str, str]] = {}
    """Parameters of a list that is worth a click on the page about the API."""

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter lists alone; a row is named by its address."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        return super().finalize_response(request, response, *args, **kwargs)


class SerialisedSelection(Selection):
    """A selection whose rows are what the API tells; each is kept until its solution changes."""

    def __init__(self, chosen: Selection, serializer: Callable[..., Any]) -> None:
        super().__init__(chosen.hits, chosen.rows, chosen.sort, chosen.query)
        self.serializer = serializer

    def _loaded(self, ids: Ids) -> list[Any]:
        base = self.serializer().context["request"].build_absolute_uri("/")
        kept = self.hits.snapshot.noted(f"API {base}", ids.tolist(), self._made)
        return [json.loads(text) for text in kept]

    def _made(self, missing: list[int]) -> Iterator[tuple[int, str]]:
        """Keep texts: as objects, they take five times the room."""
        for row in super()._loaded(np.array(missing)):
            yield row.pk, json.dumps(self.serializer(row).data)


references = Deployment.objects.confirmed().for_reference_list()


class SolutionViewSet(PublicViewSet[Solution]):
    """Published solutions, with standards and references."""

    queryset = (
        Solution.objects.published()
        .select_related("provider__organisation", "provider__state")
        .prefetch_related(
            "topics",
            "technology_tags",
            "met_phases",
            "regions",
            Prefetch("claims", StandardClaim.objects.select_related("standard")),
            Prefetch(
                "deployments", Deployment.objects.confirmed().for_reference_list(), "references"
            ),
        )
    )
    serializer_class = serializers.SolutionSerializer
    filterset_class = filters.SolutionApiFilter
    lookup_field = "slug"
    example = {"phase": "P4", "hosting": "germany"}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        chosen = self.filter_queryset(self.get_queryset())
        rows = SerialisedSelection(chosen, self.get_serializer)
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]  # it counts and slices
        return self.get_paginated_response(page)


class ProviderViewSet(PublicViewSet[Provider]):
    """Providers with a published solution."""

    queryset = Provider.objects.published().by_name().select_related("organisation", "state")
    serializer_class = serializers.ProviderSerializer
    filterset_class = filters.ProviderApiFilter
    lookup_field = "organisation__slug"
    lookup_url_kwarg = "slug"
    example = {"kind": "startup"}


class OrganisationViewSet(PublicViewSet[Organisation]):
    """Verified municipalities, agencies and intermediaries; providers with a published solution."""

    queryset = Organisation.objects.public().by_name().select_related("municipality", "state")
    serializer_class = serializers.OrganisationSerializer
    filterset_class = filters.OrganisationApiFilter
    lookup_field = "slug"
    example = {"kind": "provider"}


class MunicipalityViewSet(PublicViewSet[Municipality]):
    """Places in force today. By its AGS, one that has been merged is found too: see `successor`."""

    queryset = Municipality.objects.by_name().select_related("state", "successor")
    serializer_class = serializers.MunicipalitySerializer
    filterset_class = filters.MunicipalityApiFilter
    lookup_field = "ags"
    lookup_value_regex = "[0-9]{5,8}"
    example = {"state": "DE-HE"}


class TopicViewSet(PublicViewSet[Topic]):
    """The taxonomy of municipal subjects, on two levels, with synonyms and CPV codes."""

    queryset = Topic.objects.select_related("parent").order_by("position", "pk")
    serializer_class = serializers.TopicSerializer
    filterset_class = filters.TopicApiFilter


class TechnologyTagViewSet(PublicViewSet[TechnologyTag]):
    """Technologies that solutions use."""

    queryset = TechnologyTag.objects.order_by("name_de", "pk")
    serializer_class = serializers.TechnologyTagSerializer


class StandardViewSet(PublicViewSet[Standard]):
    """Certificates, standards and contract forms that buyers ask for."""

    queryset = Standard.objects.order_by("-is_common", "name_de", "pk")
    serializer_class = serializers.StandardSerializer
    filterset_class = filters.StandardApiFilter
    example = {"kind": "certificate"}


class StateViewSet(PublicViewSet[State]):
    """The 16 federal states, by ISO 3166-2 code."""

    queryset = State.objects.order_by("sort_name", "pk")
    serializer_class = serializers.StateSerializer
    lookup_field = "code"


class SizeClassViewSet(PublicViewSet[SizeClass]):
    """Population classes, both bounds included."""

    queryset = SizeClass.objects.order_by("min_population", "pk")
    serializer_class = serializers.SizeClassSerializer
