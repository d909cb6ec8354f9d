"""Release and record packages of OCDS 1.1.5: what is answered, with who publishes it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from challenges.calls.models import Challenge
from challenges.opendata.merging import compiled
from challenges.opendata.releases import Telling, ocid
from challenges.opendata.tender import Address, filled, moment

Data = dict[str, Any]
PAGINATION = (
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    "ocds_pagination_extension/master/extension.json"
)


def release_package(
    challenges: Collection[Challenge],
    *,
    uri: str,
    address: Address,
    at: datetime,
    links: Mapping[str, str | None] | None = None,
) -> Data:
    telling = Telling.of(challenges, address, at=at)
    releases = [release for row in challenges for release in telling.releases(row)]
    return _package(releases, uri, address, at, links) | {"releases": releases}


def record_package(
    challenges: Collection[Challenge],
    *,
    uri: str,
    address: Address,
    at: datetime,
    links: Mapping[str, str | None] | None = None,
) -> Data:
    telling = Telling.of(challenges, address, at=at)
    records, everything = [], []
    for challenge in challenges:
        releases = telling.releases(challenge)
        everything += releases
        compilation = compiled(releases)
        records.append(
            {"ocid": ocid(challenge), "releases": releases, "compiledRelease": compilation}
        )
    return _package(everything, uri, address, at, links) | {"records": records}


def _package(
    releases: list[Data],
    uri: str,
    address: Address,
    at: datetime,
    links: Mapping[str, str | None] | None,
) -> Data:
    """Begin a package; it was published when its newest release was, or now if it is empty."""
    dates = [datetime.fromisoformat(release["date"]) for release in releases]
    package = {
        "uri": uri,
        "version": "1.1",
        "extensions": [PAGINATION] if links else [],
        "publisher": {"name": settings.OCDS_PUBLISHER, "uri": address(reverse("home"))},
        "license": settings.OCDS_LICENCE,
        "publicationPolicy": address(reverse("data")),
        "publishedDate": moment(max(dates, default=at)),
        "links": filled(dict(links or {})),
    }
    return filled(package)
