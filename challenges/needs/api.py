"""The read API of needs: the released ones, over the filters of their page.

Whose an anonymous need is stays unsaid; state and population class are told of all.
"""

from typing import Any, ClassVar

from rest_framework import serializers

from challenges.needs.filters import NeedFilter
from challenges.needs.models import Need
from profiles.api import PublicViewSet
from profiles.api_filters import ApiFilterSet
from profiles.serializers import MAY_BE_EMPTY, PageAddress


class NeedApiFilter(ApiFilterSet, NeedFilter):
    explanations: ClassVar[dict[str, str]] = {
        "search": "Words in title or problem, each as it stands there or the beginning of it.",
        "state": "What became of the need so far.",
        "topic": "Key of a topic; an upper topic stands for all below it.",
        "region": "ISO 3166-2 code of the state of the sender.",
    }


class NeedSerializer(serializers.ModelSerializer[Need]):
    organisation = serializers.SerializerMethodField(
        help_text="Slug of the organisation; null where the need is anonymous."
    )
    region = serializers.SerializerMethodField(help_text="ISO 3166-2 code of the sender's state.")
    size_class = serializers.CharField(
        source="size_class_de", allow_null=True, help_text="Population class of the sender."
    )
    topics: serializers.RelatedField[Any, Any, Any] = serializers.SlugRelatedField(
        slug_field="key", many=True, read_only=True
    )
    standards: serializers.RelatedField[Any, Any, Any] = serializers.SlugRelatedField(
        slug_field="key", many=True, read_only=True
    )
    wished_standards: serializers.RelatedField[Any, Any, Any] = serializers.SlugRelatedField(
        slug_field="key", many=True, read_only=True
    )
    page = PageAddress()

    class Meta:
        model = Need
        fields = read_only_fields = [
            "id",
            "title",
            "problem",
            "organisation",
            "region",
            "size_class",
            "topics",
            "standards",
            "hosting",
            "licence",
            "max_budget_eur",
            "min_phase",
            "wished_standards",
            "wishes",
            "time_frame",
            "state",
            "outcome",
            "released_at",
            "ended_at",
            "page",
        ]
        extra_kwargs: ClassVar[dict[str, dict[str, bool]]] = dict.fromkeys(
            ("licence", "min_phase", "time_frame"), MAY_BE_EMPTY
        )

    def get_organisation(self, need: Need) -> str | None:
        return need.organisation.slug if need.is_named else None

    def get_region(self, need: Need) -> str | None:
        return need.organisation.seat.code if need.organisation.seat else None


class NeedViewSet(PublicViewSet[Need]):
    """What organisations need and show to everybody."""

    queryset = (
        Need.objects.released()
        .newest_first()
        .with_sender()
        .prefetch_related("topics", "standards", "wished_standards")
    )
    serializer_class = NeedSerializer
    filterset_class = NeedApiFilter
    lookup_field = "id"
    lookup_value_regex = "[0-9]+"
    example: ClassVar[dict[str, str]] = {"state": "open"}
