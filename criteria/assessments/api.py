"""The assessments of one's own organisations; not part of the public API and its description."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from criteria.assessments.models import Assessment, AssessmentQuerySet
from criteria.assessments.ratings import Rating


class RatingSerializer(serializers.ModelSerializer[Rating]):
    criterion = serializers.CharField(source="criterion.key")
    phase = serializers.CharField(source="criterion.phase")

    class Meta:
        model = Rating
        fields = [
            "criterion",
            "phase",
            "value",
            "note",
            "evidence_url",
            "due_on",
            "target",
            "version",
        ]


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    organisation = serializers.CharField(source="organisation.slug")
    solution = serializers.CharField(source="solution.slug", default=None)
    catalogue = serializers.IntegerField(source="catalogue.number")
    readiness = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = [
            "id",
            "title",
            "organisation",
            "solution",
            "catalogue",
            "phase",
            "stakeholders",
            "created_at",
            "readiness",
        ]

    def get_readiness(self, assessment: Assessment) -> dict[str, int | None]:
        """In percent, of what is due in the present phase."""
        readiness = assessment.readiness
        return {"sure": readiness.sure_percent, "possible": readiness.possible_percent}


class AssessmentWithRatingsSerializer(AssessmentSerializer):
    ratings = RatingSerializer(many=True)

    class Meta(AssessmentSerializer.Meta):
        fields = [*AssessmentSerializer.Meta.fields, "ratings"]


@extend_schema(exclude=True)
class AssessmentViewSet(viewsets.ReadOnlyModelViewSet[Assessment]):
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> AssessmentQuerySet:
        found = Assessment.objects.of_member(self.request.user).with_readiness().newest_first()
        found = found.select_related("organisation", "solution", "catalogue")
        return found if self.action == "list" else found.prefetch_related("ratings__criterion")

    def get_serializer_class(self) -> Any:
        return AssessmentSerializer if self.action == "list" else AssessmentWithRatingsSerializer
