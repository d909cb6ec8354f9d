"""The read API of challenges: the public ones, over the filters of their page."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from challenges.calls.filters import ChallengeFilter
from challenges.calls.models import Addendum, Challenge, EvaluationCriterion, ProviderQuestion
from profiles.api import PublicViewSet
from profiles.api_filters import ApiFilterSet
from profiles.serializers import MAY_BE_EMPTY, PageAddress


class ChallengeApiFilter(ApiFilterSet, ChallengeFilter):
    explanations: ClassVar[dict[str, str]] = {
        "search": "Words in title or problem, each as it stands there or the beginning of it.",
        "state": "How far the challenge is at the moment of the request.",
        "topic": "Key of a topic; an upper topic stands for all below it.",
        "region": "ISO 3166-2 code of the state of the posting organisation.",
        "open": "Only those that take applications now (true), or all others (false).",
    }


class EvaluationCriterionSerializer(serializers.ModelSerializer[EvaluationCriterion]):
    class Meta:
        model = EvaluationCriterion
        fields = read_only_fields = ["label", "description", "weight", "points", "is_price"]


class AddendumSerializer(serializers.ModelSerializer[Addendum]):
    class Meta:
        model = Addendum
        fields = read_only_fields = ["at", "text", "applications_until"]


class AnswerSerializer(serializers.ModelSerializer[ProviderQuestion]):
    question = serializers.CharField(source="wording", read_only=True)

    class Meta:
        model = ProviderQuestion
        fields = read_only_fields = ["question", "answer", "published_at"]


class ChallengeSerializer(serializers.ModelSerializer[Challenge]):
    organisation = serializers.CharField(
        source="organisation.slug", read_only=True, help_text="Slug of who posts it."
    )
    partners: serializers.RelatedField[Any, Any, Any] = serializers.SlugRelatedField(
        slug_field="slug", many=True, read_only=True
    )
    topics: serializers.RelatedField[Any, Any, Any] = serializers.SlugRelatedField(
        slug_field="key", many=True, read_only=True
    )
    standards: serializers.RelatedField[Any, Any, Any] = serializers.SlugRelatedField(
        slug_field="key", many=True, read_only=True
    )
    state = serializers.SerializerMethodField(help_text="At the moment of the request.")
    criteria = EvaluationCriterionSerializer(many=True, read_only=True)
    addenda = AddendumSerializer(many=True, read_only=True)
    answers = serializers.SerializerMethodField(help_text="Questions with their public answers.")
    page = PageAddress()

    class Meta:
        model = Challenge
        fields = read_only_fields = [
            "slug",
            "title",
            "organisation",
            "partners",
            "problem_citizens",
            "problem_staff",
            "goals",
            "topics",
            "standards",
            "hosting",
            "licence",
            "max_budget_eur",
            "min_phase",
            "wishes",
            "data_sets",
            "test_areas",
            "eligible_kinds",
            "budget_eur",
            "term_months",
            "prize",
            "procedure",
            "contact",
            "questions_from",
            "questions_until",
            "applications_from",
            "applications_until",
            "pitch_on",
            "decision_on",
            "start_on",
            "state",
            "published_at",
            "criteria",
            "addenda",
            "answers",
            "page",
        ]
        extra_kwargs: ClassVar[dict[str, dict[str, bool]]] = dict.fromkeys(
            ("licence", "min_phase"), MAY_BE_EMPTY
        )

    def get_state(self, challenge: Challenge) -> str:
        return challenge.state_at(timezone.now())

    def get_answers(self, challenge: Challenge) -> list[dict[str, Any]]:
        rows = [row for row in challenge.questions.all() if row.published_at]
        return list(AnswerSerializer(rows, many=True).data)


class ChallengeViewSet(PublicViewSet[Challenge]):
    """Published challenges, with criteria, addenda and answers."""

    queryset = (
        Challenge.objects.public()
        .for_page()
        .prefetch_related("addenda", "questions")
        .nearest_deadline_first()
    )
    serializer_class = ChallengeSerializer
    filterset_class = ChallengeApiFilter
    lookup_field = "slug"
    example: ClassVar[dict[str, str]] = {"open": "true"}
