"""Lists of whom to ask: by territory, or out of a CSV file."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from challenges.surveys.models import NeedsSurvey, Respondent
from profiles.models import Municipality
from profiles.models.territory import MunicipalityQuerySet

LARGEST = 2_000_000  # bytes
NAMES = {
    "ags": "ags",
    "kommune": "name",
    "name": "name",
    "gemeinde": "name",
    "e-mail": "email",
    "email": "email",
    "mail": "email",
    "e-mail-adresse": "email",
    "ansprechstelle": "contact",
    "kontakt": "contact",
}


class Line(NamedTuple):
    municipality: Municipality
    email: str
    contact: str


@dataclass
class Reading:
    lines: list[Line]
    errors: list[str]


def in_territory(chosen: dict[str, Any], *, on: date) -> MunicipalityQuerySet:
    """Those that meet all that is given."""
    rows = Municipality.objects.in_force(on=on)
    if chosen["state"]:
        rows = rows.filter(state=chosen["state"])
    if chosen["district"]:
        rows = rows.filter(ags__startswith=chosen["district"])
    if chosen["size_class"]:
        rows = rows.filter(chosen["size_class"].bounds)
    if chosen["keys"]:
        rows = rows.filter(ags__in=[padded(key) for key in chosen["keys"]])
    return rows


@transaction.atomic
def add(survey: NeedsSurvey, places: Iterable[Municipality]) -> int:
    """Put them on the list, with the address of the last time; return how many are new."""
    before = survey.respondents.count()
    earlier = Respondent.objects.filter(survey__organisation=survey.organisation).exclude(email="")
    known = {
        row.municipality_id: row
        for row in earlier.filter(bounced_at=None).order_by("survey__created_at", "pk")
    }
    rows = []
    for place in places:
        last = known.get(place.pk)
        given = {"email": last.email, "contact": last.contact} if last else {}
        rows.append(Respondent(survey=survey, municipality=place, **given))
    Respondent.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return survey.respondents.count() - before


@transaction.atomic
def take_over(survey: NeedsSurvey, lines: Iterable[Line]) -> int:
    """Add what the file names, and give those on the list their new address."""
    lines = list(lines)
    _forget_outcomes(survey, lines)
    rows = [
        Respondent(
            survey=survey, municipality=line.municipality, email=line.email, contact=line.contact
        )
        for line in lines
    ]
    Respondent.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["survey", "municipality"],
        update_fields=["email", "contact"],
    )
    return len(rows)


def _forget_outcomes(survey: NeedsSurvey, lines: list[Line]) -> None:
    """Another address has neither bounced nor been unsubscribed."""
    rows = survey.respondents.select_for_update().order_by("pk")
    known = dict(rows.values_list("municipality", "email"))
    moved = [
        line.municipality.pk
        for line in lines
        if line.email != known.get(line.municipality.pk, line.email)
    ]
    survey.respondents.filter(municipality__in=moved).update(bounced_at=None, unsubscribed_at=None)


def padded(key: str) -> str:
    """Give back the zero in front that spreadsheets take away."""
    return key.zfill(8) if len(key) == 7 else key.zfill(5) if len(key) == 4 else key


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(content: bytes, *, on: date) -> Reading:
    """Read the file; each mistake is named with its line."""
    if len(content) > LARGEST:
        return Reading([], [gettext("Die Datei ist größer als 2 MB.")])
    text = decoded(content).replace("\x00", "")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    except csv.Error as fault:
        return Reading([], [str(fault)])
    head = [NAMES.get(cell.strip().lower(), "") for cell in rows[0]] if rows else []
    if "email" not in head or not {"ags", "name"} & set(head):
        return Reading([], [gettext("Die erste Zeile muss AGS oder Kommune und E-Mail nennen.")])
    numbered = [
        (number, dict(zip(head, map(str.strip, row), strict=False)))
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    reading = Reading([], [])
    _check(numbered, reading, on=on)
    if not numbered:
        reading.errors.append(gettext("Die Datei nennt niemanden."))
    return reading


def _check(numbered: list[tuple[int, dict[str, str]]], reading: Reading, *, on: date) -> None:
    places = Places(on=on)
    taken: dict[int, int] = {}
    for number, row in numbered:
        problems = list(_problems(row, places, taken))
        for problem in problems:
            reading.errors.append(
                gettext("Zeile %(line)s: %(problem)s") % {"line": number, "problem": problem}
            )
        found = places.find(row)
        if not problems and len(found) == 1:
            taken[found[0].pk] = number
            line = Line(found[0], row.get("email", ""), row.get("contact", "")[:160])
            reading.lines.append(line)


def _problems(row: dict[str, str], places: "Places", taken: dict[int, int]) -> Iterator[str]:
    wanted = row.get("ags") or row.get("name") or ""
    found = places.find(row)
    if not found:
        yield gettext("Wir kennen keine Kommune „%(name)s“.") % {"name": wanted[:60]}
    elif len(found) > 1:
        yield gettext("„%(name)s“ gibt es mehrmals; bitte den AGS angeben.") % {"name": wanted[:60]}
    elif found[0].pk in taken:
        line = taken[found[0].pk]
        yield gettext("%(name)s steht schon in Zeile %(line)s.") % {"name": found[0], "line": line}
    try:
        validate_email(row.get("email", ""))
    except ValidationError:
        yield gettext("Die E-Mail-Adresse „%(email)s“ stimmt nicht.") % {
            "email": row.get("email", "")[:80]
        }


class Places:
    """All municipalities in force by key and by name; one query."""

    def __init__(self, *, on: date) -> None:
        self.by_key: dict[str, Municipality] = {}
        self.by_name: dict[str, list[Municipality]] = {}
        for place in Municipality.objects.in_force(on=on).order_by(F("pk")):
            self.by_key[place.ags] = place
            self.by_name.setdefault(place.name.casefold(), []).append(place)

    def find(self, row: dict[str, str]) -> list[Municipality]:
        key = padded("".join(row.get("ags", "").split()))
        if key:
            return [self.by_key[key]] if key in self.by_key else []
        return self.by_name.get(row.get("name", "").casefold(), [])
