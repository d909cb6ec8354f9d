"""What the API tells about criteria: links by key, texts in both languages where there are both."""

from rest_framework import serializers

from criteria.catalogue.criteria import Criterion
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Term
from profiles.serializers import PageAddress


class TermSerializer(serializers.ModelSerializer[Term]):
    path = serializers.CharField(read_only=True)
    page = PageAddress()

    class Meta:
        model = Term
        fields = read_only_fields = ["path", "kind", "key", "name_de", "name_en", "group", "page"]


class CatalogueSerializer(serializers.ModelSerializer[Catalogue]):
    page = PageAddress()

    class Meta:
        model = Catalogue
        fields = read_only_fields = ["number", "title", "state", "source", "published_at", "page"]


class Keys(serializers.ListField):
    """The keys of the terms of one kind, from rows that are loaded."""

    child = serializers.CharField()

    def __init__(self) -> None:
        super().__init__(read_only=True)

    def to_representation(self, data: list[Term]) -> list[str]:
        return [term.key for term in data]


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    catalogue = serializers.IntegerField(source="catalogue.number", read_only=True)
    scaling_driver = serializers.CharField(source="scaling_driver.key", read_only=True)
    sub_phases = Keys()
    workstreams = Keys()
    stakeholders = Keys()
    sub_drivers = Keys()
    mechanism_categories = Keys()
    mechanisms = Keys()
    operator_models = Keys()
    good_practices = Keys()
    related = serializers.SlugRelatedField[Criterion]("key", many=True, read_only=True)
    related_by = serializers.SlugRelatedField[Criterion]("key", many=True, read_only=True)
    page = PageAddress()

    class Meta:
        model = Criterion
        fields = read_only_fields = [
            "catalogue",
            "key",
            "number",
            "title_de",
            "title_en",
            "title_confidence",
            "phase",
            "sub_phases",
            "workstreams",
            "stakeholders",
            "scaling_driver",
            "sub_drivers",
            "mechanism_categories",
            "mechanisms",
            "operator_models",
            "good_practices",
            "related",
            "related_by",
            "related_unresolved",
            "summary_de",
            "summary_en",
            "guiding_questions_de",
            "evidence_de",
            "milestone",
            "milestone_candidate",
            "source_truncated",
            "page",
        ]
