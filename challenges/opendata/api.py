"""Open data of challenges: packages of OCDS 1.1.5, and figures. Whoever may read may read all."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.calls.api import ChallengeApiFilter
from challenges.calls.models import Challenge
from challenges.opendata.figures import figures
from challenges.opendata.packages import record_package, release_package
from challenges.opendata.releases import told
from challenges.opendata.serializers import (
    FiguresSerializer,
    RecordPackageSerializer,
    ReleasePackageSerializer,
)
from profiles.api import PublicSchema, PublicViewSet


class PackageViewSet(PublicViewSet[Challenge]):
    queryset = told()
    filterset_class = ChallengeApiFilter
    lookup_field = "slug"
    package: ClassVar[Any]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        page: Any = self.paginator
        links = {"next": page.get_next_link(), "prev": page.get_previous_link()}
        return self._packed(rows or [], links)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._packed([self.get_object()], {})

    def _packed(self, rows: Sequence[Challenge], links: dict[str, str | None]) -> Response:
        address = self.request.build_absolute_uri
        at = timezone.now()
        data = type(self).package(rows, uri=address(), address=address, at=at, links=links)
        return Response(data)


class ReleaseViewSet(PackageViewSet):
    """Release packages of the Open Contracting Data Standard 1.1: public steps of challenges."""

    package = staticmethod(release_package)
    serializer_class = ReleasePackageSerializer


class RecordViewSet(PackageViewSet):
    """Record packages of the Open Contracting Data Standard 1.1: releases, and what holds now."""

    package = staticmethod(record_package)
    serializer_class = RecordPackageSerializer


class FiguresView(APIView):
    """How long challenges take, how many apply for one, and the share of start-ups among them."""

    permission_classes = [AllowAny]
    schema = PublicSchema()

    @extend_schema(responses=FiguresSerializer, operation_id="challenge_figures_retrieve")
    def get(self, request: Request) -> Response:
        cors = {"Access-Control-Allow-Origin": "*"}
        return Response(FiguresSerializer(figures()).data, headers=cors)
