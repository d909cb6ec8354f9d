"""What the API tells about each noun: names in both languages, links between rows by key.

An answer never depends on the reader's language, so that caches may keep it.
"""

from typing import Any

from rest_framework import serializers

from profiles.models import (
    Deployment,
    MetPhase,
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

MAY_BE_EMPTY = {"allow_blank": True}


class PageAddress(serializers.URLField):
    """The absolute address of the page that shows the row to people."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="get_absolute_url", read_only=True, **options)

    def to_representation(self, value: str) -> str:
        address: str = self.context["request"].build_absolute_uri(value)
        return address


class StateSerializer(serializers.ModelSerializer[State]):
    class Meta:
        model = State
        fields = read_only_fields = ["code", "name_de", "name_en", "ags_prefix", "nuts1"]


class SizeClassSerializer(serializers.ModelSerializer[SizeClass]):
    class Meta:
        model = SizeClass
        fields = read_only_fields = [
            "key",
            "name_de",
            "name_en",
            "min_population",
            "max_population",
            "source",
            "as_of",
        ]


class TechnologyTagSerializer(serializers.ModelSerializer[TechnologyTag]):
    class Meta:
        model = TechnologyTag
        fields = read_only_fields = ["key", "name_de", "name_en"]


class TopicNameSerializer(serializers.ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = read_only_fields = ["key", "name_de", "name_en"]


class TopicSerializer(serializers.ModelSerializer[Topic]):
    parent = serializers.SlugRelatedField[Topic]("key", read_only=True, allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Topic
        fields = read_only_fields = [
            "key",
            "name_de",
            "name_en",
            "parent",
            "description_de",
            "synonyms_de",
            "synonyms_en",
            "cpv_codes",
        ]


class StandardSerializer(serializers.ModelSerializer[Standard]):
    class Meta:
        model = Standard
        fields = read_only_fields = [
            "key",
            "name_de",
            "name_en",
            "kind",
            "category",
            "is_common",
            "description_de",
            "description_en",
            "evidence_de",
            "evidence_en",
            "reference",
            "source",
        ]


class PlaceSerializer(serializers.ModelSerializer[Municipality]):
    state = serializers.SlugRelatedField[State]("code", read_only=True)

    class Meta:
        model = Municipality
        fields = read_only_fields = ["ags", "name", "state", "population"]


class MunicipalitySerializer(serializers.ModelSerializer[Municipality]):
    state = serializers.SlugRelatedField[State]("code", read_only=True)
    successor = serializers.SlugRelatedField[Municipality]("ags", read_only=True, allow_null=True)

    class Meta:
        model = Municipality
        fields = read_only_fields = [
            "ags",
            "name",
            "kind",
            "state",
            "population",
            "valid_from",
            "valid_until",
            "successor",
        ]


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    municipality = serializers.SlugRelatedField[Municipality](
        "ags", read_only=True, allow_null=True, help_text="AGS"
    )
    state = serializers.SlugRelatedField[State]("code", read_only=True, allow_null=True)

    website = serializers.CharField(read_only=True)

    class Meta:
        model = Organisation
        extra_kwargs = {"intermediary_kind": MAY_BE_EMPTY}
        fields = read_only_fields = [
            "slug",
            "name",
            "kind",
            "intermediary_kind",
            "municipality",
            "state",
            "website",
        ]


class ProviderNameSerializer(serializers.ModelSerializer[Provider]):
    slug = serializers.SlugField(source="organisation.slug", read_only=True)
    url = PageAddress()
    name = serializers.CharField(source="organisation.name", read_only=True)
    state = serializers.SlugRelatedField[State]("code", read_only=True, allow_null=True)

    class Meta:
        model = Provider
        fields: list[str] = ["slug", "url", "name", "kind", "city", "state"]
        read_only_fields = fields


class ProviderSerializer(ProviderNameSerializer):
    website = serializers.CharField(source="organisation.website", read_only=True)

    class Meta(ProviderNameSerializer.Meta):
        extra_kwargs = {"employees_range": MAY_BE_EMPTY}
        fields = read_only_fields = [
            *ProviderNameSerializer.Meta.fields,
            "website",
            "tagline",
            "description",
            "founded",
            "employees_range",
        ]


class ClaimSerializer(serializers.ModelSerializer[StandardClaim]):
    key = serializers.SlugField(source="standard.key", read_only=True)
    name_de = serializers.CharField(source="standard.name_de", read_only=True)
    name_en = serializers.CharField(source="standard.name_en", read_only=True)
    evidence_url = serializers.CharField(read_only=True)

    class Meta:
        model = StandardClaim
        fields = read_only_fields = [
            "key",
            "name_de",
            "name_en",
            "status",
            "version_or_level",
            "scope",
            "issuer",
            "certificate_no",
            "evidence_url",
            "valid_from",
            "valid_until",
            "verified_at",
        ]


class ReferenceSerializer(serializers.ModelSerializer[Deployment]):
    municipality = PlaceSerializer(read_only=True)

    class Meta:
        model = Deployment
        fields = read_only_fields = ["municipality", "phase", "since", "result"]


class MetPhaseSerializer(serializers.ModelSerializer[MetPhase]):
    class Meta:
        model = MetPhase
        fields = read_only_fields = ["phase", "is_confirmed"]


class SolutionSerializer(serializers.ModelSerializer[Solution]):
    url = PageAddress()
    topics = TopicNameSerializer(many=True, read_only=True)
    technology_tags = TechnologyTagSerializer(many=True, read_only=True)
    standards = ClaimSerializer(
        source="claims",
        many=True,
        read_only=True,
        help_text="What the provider claims, planned and expired claims included.",
    )
    met_phases = MetPhaseSerializer(
        many=True,
        read_only=True,
        help_text="Phases all of whose criteria are met, in the provider's own view; confirmed "
        "where municipalities that use the solution agree with each rating.",
    )
    price_from_eur = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Euro a year, net; null: price on request."
    )
    regions = serializers.SlugRelatedField[State](
        "code", many=True, read_only=True, help_text="Codes of states; empty: nationwide."
    )
    provider = ProviderNameSerializer(read_only=True)
    references = ReferenceSerializer(
        many=True, read_only=True, help_text="Deployments confirmed by the municipality."
    )
    published_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = Solution
        extra_kwargs = {"price_model": MAY_BE_EMPTY}
        fields = read_only_fields = [
            "slug",
            "url",
            "title",
            "tagline",
            "summary",
            "benefit",
            "offering_type",
            "topics",
            "technology_tags",
            "phase",
            "met_phases",
            "standards",
            "licence",
            "hosting",
            "data_processing",
            "interfaces",
            "price_model",
            "price_from_eur",
            "regions",
            "min_population",
            "max_population",
            "operator_models",
            "languages",
            "seeks_pilot",
            "pilot_offer",
            "provider",
            "references",
            "published_at",
            "updated_at",
        ]
