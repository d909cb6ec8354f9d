"""The frames of the answers, for the description of the API; OCDS itself describes the inside."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers


class PackageSerializer(serializers.Serializer[Any]):
    uri = serializers.URLField()
    version = serializers.CharField(help_text="Of OCDS, as major.minor.")
    extensions = serializers.ListField(child=serializers.URLField(), required=False)
    publisher = serializers.DictField()
    license = serializers.URLField(required=False)
    publicationPolicy = serializers.URLField()  # noqa: N815  (the names of OCDS)
    publishedDate = serializers.DateTimeField()  # noqa: N815
    links = serializers.DictField(
        child=serializers.URLField(), required=False, help_text="`next` and `prev` page of a list."
    )


@extend_schema_serializer(many=False)  # a list of challenges is one package
class ReleasePackageSerializer(PackageSerializer):
    releases = serializers.ListField(child=serializers.DictField())


@extend_schema_serializer(many=False)
class RecordPackageSerializer(PackageSerializer):
    records = serializers.ListField(child=serializers.DictField())


class StepSerializer(serializers.Serializer[Any]):
    state = serializers.CharField()
    challenges = serializers.IntegerField(help_text="How many have left this state.")
    median_days = serializers.FloatField()


class ApplicationsSerializer(serializers.Serializer[Any]):
    first_year = serializers.IntegerField(help_text="In which the first of them ended.")
    last_year = serializers.IntegerField()
    challenges = serializers.IntegerField()
    median = serializers.FloatField(help_text="Applications for one challenge.")
    startup_percent = serializers.IntegerField(
        allow_null=True, help_text="Of the applicants; null where there are too few."
    )


class FiguresSerializer(serializers.Serializer[Any]):
    published = serializers.IntegerField()
    steps = StepSerializer(many=True)
    applications = ApplicationsSerializer(many=True)
