"""The read API of this room, over the querysets and filters of its pages."""

from criteria.catalogue.api_filters import CatalogueApiFilter, CriterionApiFilter, TermApiFilter
from criteria.catalogue.serializers import (
    CatalogueSerializer,
    CriterionSerializer,
    TermSerializer,
)
from criteria.models import Catalogue, Criterion, Term
from profiles.api import PublicViewSet


class CriterionViewSet(PublicViewSet[Criterion]):
    """Criteria of the catalogue in force, with guiding questions, evidence and relations."""

    queryset = (
        Criterion.objects.current()
        .with_terms()
        .prefetch_related("related", "related_by")
        .in_order()
    )
    serializer_class = CriterionSerializer
    filterset_class = CriterionApiFilter
    example = {"phase": "P1", "workstream": "technisch"}


class CatalogueViewSet(PublicViewSet[Catalogue]):
    """Versions of the catalogue: the one in force, and those that it replaced."""

    queryset = Catalogue.objects.released().newest_first()
    serializer_class = CatalogueSerializer
    filterset_class = CatalogueApiFilter
    lookup_field = "number"
    lookup_value_regex = "[0-9]{1,9}"
    example = {"state": "published"}


class CriterionTermViewSet(PublicViewSet[Term]):
    """The vocabulary of the catalogue; `path` is `kind.key`, such as `workstream.technisch`."""

    queryset = Term.objects.with_path().order_by("kind", "position", "pk")
    serializer_class = TermSerializer
    filterset_class = TermApiFilter
    lookup_field = "path"
    lookup_value_regex = "[a-z_]+[.][-a-zA-Z0-9_]+"
    example = {"kind": "workstream"}
