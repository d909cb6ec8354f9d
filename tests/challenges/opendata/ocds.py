"""What OCDS 1.1.5 demands: the published schema, and a closed one of the fields that we publish.

Ours is stricter in two ways: fields that we do not mean to publish are refused, and so are empty
values. It knows the packages, too, in which releases come.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker

FORMATS = FormatChecker(formats=())
Schema = dict[str, Any]


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uri")
def is_address(value: object) -> bool:
    return not isinstance(value, str) or urlsplit(value).scheme in {"http", "https"}


def thing(*required: str, **fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
        "minProperties": 1,
    }


def rows(of: Schema) -> Schema:
    return {"type": "array", "items": of, "minItems": 1, "uniqueItems": True}


def one_of(*codes: str) -> Schema:
    return {"enum": list(codes)}


TEXT: Schema = {"type": "string", "minLength": 1}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
PERIOD = thing(startDate=MOMENT, endDate=MOMENT)
VALUE = thing("amount", "currency", amount={"type": "number", "minimum": 0}, currency=one_of("EUR"))
REFERENCE = thing("id", "name", id=TEXT, name=TEXT)
CLASSIFICATION = thing(
    "scheme", "id", scheme=one_of("CPV"), id={"type": "string", "pattern": r"^\d{8}$"}
)
ITEM = thing(
    "id",
    id=TEXT,
    description=TEXT,
    classification=CLASSIFICATION,
    additionalClassifications=rows(CLASSIFICATION),
)
DOCUMENT = thing(
    "id",
    id=TEXT,
    documentType=one_of("tenderNotice"),
    title=TEXT,
    url=ADDRESS,
    format=TEXT,
    language=one_of("de"),
)
MILESTONE_TYPES = (
    "preProcurement",
    "approval",
    "engagement",
    "assessment",
    "delivery",
    "reporting",
    "financing",
)
MILESTONE = thing("id", id=TEXT, title=TEXT, type=one_of(*MILESTONE_TYPES), dueDate=MOMENT)
AMENDMENT = thing(
    id=TEXT, date=MOMENT, rationale=TEXT, description=TEXT, amendsReleaseID=TEXT, releaseID=TEXT
)
TENDER_STATES = ("planning", "planned", "active", "cancelled", "unsuccessful", "complete")
TENDER = thing(
    "id",
    id=TEXT,
    title=TEXT,
    description=TEXT,
    status=one_of(*TENDER_STATES, "withdrawn"),
    procuringEntity=REFERENCE,
    items=rows(ITEM),
    value=VALUE,
    procurementMethod=one_of("open", "selective", "limited", "direct"),
    procurementMethodDetails=TEXT,
    procurementMethodRationale=TEXT,
    mainProcurementCategory=one_of("goods", "works", "services"),
    awardCriteria=one_of("priceOnly", "costOnly", "qualityOnly", "ratedCriteria"),
    awardCriteriaDetails=TEXT,
    submissionMethod=rows(one_of("electronicSubmission")),
    submissionMethodDetails=TEXT,
    tenderPeriod=PERIOD,
    enquiryPeriod=PERIOD,
    awardPeriod=PERIOD,
    eligibilityCriteria=TEXT,
    numberOfTenderers=WHOLE,
    documents=rows(DOCUMENT),
    milestones=rows(MILESTONE),
    amendments=rows(AMENDMENT),
)
AWARD = thing(
    "id",
    id=TEXT,
    title=TEXT,
    description=TEXT,
    status=one_of("pending", "active", "cancelled", "unsuccessful"),
    date=MOMENT,
    value=VALUE,
    suppliers=rows(REFERENCE),
)
ROLES = ("buyer", "procuringEntity", "supplier", "tenderer", "funder")
PARTY = thing(
    "id",
    "name",
    "roles",
    id=TEXT,
    name=TEXT,
    roles=rows(one_of(*ROLES)),
    identifier=thing("scheme", "id", scheme=TEXT, id=TEXT, legalName=TEXT),
    address=thing(locality=TEXT, region=TEXT, countryName=TEXT),
)
TAGS = (
    "planning",
    "tender",
    "tenderUpdate",
    "tenderCancellation",
    "award",
    "awardUpdate",
    "compiled",
)
RELEASE = thing(
    "ocid",
    "id",
    "date",
    "tag",
    "initiationType",
    ocid={"type": "string", "pattern": "^ocds-[a-z0-9]{6}-."},
    id={"type": "string", "pattern": "^[^#]+$"},
    date=MOMENT,
    tag=rows(one_of(*TAGS)),
    initiationType=one_of("tender"),
    language=one_of("de"),
    parties=rows(PARTY),
    buyer=REFERENCE,
    planning=thing(rationale=TEXT, budget=thing(amount=VALUE)),
    tender=TENDER,
    awards=rows(AWARD),
)
RECORD = thing(
    "ocid",
    "releases",
    "compiledRelease",
    ocid=TEXT,
    releases=rows(RELEASE),
    compiledRelease=RELEASE,
)
PACKAGE: dict[str, Schema] = {
    "uri": ADDRESS,
    "version": {"const": "1.1"},
    "extensions": rows(ADDRESS),
    "publisher": thing("name", name=TEXT, uri=ADDRESS),
    "license": ADDRESS,
    "publicationPolicy": ADDRESS,
    "publishedDate": MOMENT,
    "links": thing(next=ADDRESS, prev=ADDRESS),  # of the pagination extension
}
REQUIRED = ("uri", "publisher", "publishedDate", "version")
RELEASES = thing(*REQUIRED, "releases", **PACKAGE, releases=rows(RELEASE))
RECORDS = thing(*REQUIRED, "records", **PACKAGE, records=rows(RECORD))


@cache
def published() -> Draft4Validator:
    """The schema as it was published; where it comes from stands beside it."""
    file = Path(__file__).parent / "published" / "release-schema.json"
    return Draft4Validator(json.loads(file.read_text(encoding="utf-8")), format_checker=FORMATS)


def check(package: dict[str, Any]) -> None:
    """Fail on the first thing that OCDS would not take, and on what one field says of another."""
    schema = RECORDS if "records" in package else RELEASES
    Draft202012Validator(schema, format_checker=FORMATS).validate(package)
    releases = package.get("releases", [])
    compiled = [record["compiledRelease"] for record in package.get("records", [])]
    embedded = [row for record in package.get("records", []) for row in record["releases"]]
    for release in [*releases, *compiled, *embedded]:
        published().validate(release)
    for record in package.get("records", []):
        releases += record["releases"]
        _check_references(record["compiledRelease"])
        dates = [datetime.fromisoformat(release["date"]) for release in record["releases"]]
        assert dates == sorted(dates)
    ids = [release["id"] for release in releases]
    assert len(ids) == len(set(ids))


def _check_references(release: dict[str, Any]) -> None:
    """Each organisation that a field names is among the parties, in that role."""
    roles = {party["id"]: party["roles"] for party in release["parties"]}
    assert "buyer" in roles[release["buyer"]["id"]]
    assert "procuringEntity" in roles[release["tender"]["procuringEntity"]["id"]]
    for award in release.get("awards", []):
        assert all("supplier" in roles[row["id"]] for row in award.get("suppliers", []))
