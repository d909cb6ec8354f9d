"""The official register of municipalities, GV100AD of the Federal Statistical Office, read.

Lines of 220 characters: record 10 is a state, 40 a district, 60 a municipality. The file stays
with its publisher: operators download it, we ship no copy.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from profiles.models import Municipality
from profiles.models.territory import AGS_PATTERN

LINE_LENGTH = 220
MOST_PEOPLE = 100_000_000
RECORD, AS_OF, KEY = slice(0, 2), slice(2, 10), slice(10, 18)
NAME, MARK, POPULATION = slice(22, 72), slice(122, 124), slice(139, 150)

STATE, DISTRICT, MUNICIPALITY = "10", "40", "60"
OTHER_RECORDS = {"20", "30", "50"}  # regions between state and district, and associations
UNINCORPORATED = {"65", "66"}
CITIES_OF_THEIR_OWN = {"41", "42"}  # districts and municipalities at once: record 60 is read
DISTRICTS = {"43": "Kreis", "44": "Landkreis", "45": "Regionalverband"}
MUNICIPALITIES = {
    "60": Municipality.Kind.MUNICIPALITY,
    "61": Municipality.Kind.INDEPENDENT_CITY,
    "62": Municipality.Kind.INDEPENDENT_CITY,
    "63": Municipality.Kind.TOWN,
    "64": Municipality.Kind.MUNICIPALITY,
    "67": Municipality.Kind.TOWN,
}


class LineError(ValueError):
    """What is wrong with one line, in words."""


@dataclass(slots=True)
class Place:
    ags: str
    name: str
    kind: str
    population: int | None


@dataclass
class Register:
    """What one file says, as of one day (Gebietsstand)."""

    as_of: date | None = None
    places: dict[str, Place] = field(default_factory=dict)
    unincorporated: int = 0
    wrong_lines: list[tuple[int, str]] = field(default_factory=list)
    incomplete_districts: set[str] = field(default_factory=set)


def encoding_of(path: Path) -> str:
    """Return UTF-8, or what older files use: CP850 alone has letters at 0x80 to 0x9F."""
    content = path.read_bytes()
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp850" if re.search(rb"[\x80-\x9f]", content) else "iso-8859-1"
    return "utf-8-sig"


def lines_of(path: Path) -> Iterator[str]:
    with path.open(encoding=encoding_of(path), newline="\n") as file:
        for line in file:
            yield line.rstrip("\r\n\x1a")  # 0x1A ends the files of old systems


def read(lines: Iterable[str], prefixes: Collection[str]) -> Register:
    """Read the places of a file; a wrong line is noted by its number and skipped.

    `prefixes` are the beginnings of the keys of all known states.
    """
    return _Reader(prefixes).read(lines)


class _Reader:
    def __init__(self, prefixes: Collection[str]) -> None:
        self.prefixes = prefixes
        self.register = Register()
        self.current_state = ""
        self.people: dict[str, int] = {}  # by district

    def read(self, lines: Iterable[str]) -> Register:
        for number, line in enumerate(lines, start=1):
            try:
                self._read_line(line)
            except LineError as error:
                self.register.wrong_lines.append((number, str(error)))
                self.register.incomplete_districts.add(line[KEY][:5])
        self._sum_districts()
        return self.register

    def _read_line(self, line: str) -> None:
        record = line[RECORD]
        if not line or record in OTHER_RECORDS:
            return
        if record not in {STATE, DISTRICT, MUNICIPALITY}:
            raise LineError(f"unknown record type {record!r}")
        if len(line) != LINE_LENGTH:
            raise LineError(f"{len(line)} characters instead of {LINE_LENGTH}")
        self._note_date(line[AS_OF])
        if record == STATE:
            self._read_state(line)
        elif record == DISTRICT:
            self._read_district(line)
        else:
            self._read_municipality(line)

    def _note_date(self, text: str) -> None:
        try:
            as_of = date.fromisoformat(text)
        except ValueError:
            raise LineError(f"{text!r} is no date") from None
        if as_of != (self.register.as_of or as_of):
            raise LineError(f"is as of {as_of}, the lines before as of {self.register.as_of}")
        self.register.as_of = as_of

    def _read_state(self, line: str) -> None:
        self.current_state = line[KEY].strip()
        if self.current_state not in self.prefixes:
            unknown, self.current_state = self.current_state, ""
            raise LineError(f"unknown state {unknown!r}")

    def _read_district(self, line: str) -> None:
        mark = line[MARK]
        if mark in CITIES_OF_THEIR_OWN:
            return
        if mark not in DISTRICTS:
            raise LineError(f"unknown Kennzeichen {mark!r} of a district")
        name = self._name(line)
        if not re.search("kreis|region|verband", name, re.IGNORECASE):
            name = f"{DISTRICTS[mark]} {name}"  # “Kassel” is the city, “Landkreis Kassel” is not
        key = self._key(line, digits=5)
        self._add(Place(key, name, Municipality.Kind.DISTRICT, None))

    def _read_municipality(self, line: str) -> None:
        mark = line[MARK]
        if mark not in UNINCORPORATED and mark not in MUNICIPALITIES:
            raise LineError(f"unknown Kennzeichen {mark!r} of a municipality")
        key, people = self._key(line, digits=8), self._population(line)
        if mark in UNINCORPORATED:
            self.register.unincorporated += 1
        else:
            self._add(Place(key, self._name(line), MUNICIPALITIES[mark], people))
        self.people[key[:5]] = self.people.get(key[:5], 0) + people

    def _key(self, line: str, *, digits: int) -> str:
        key = line[KEY].rstrip()
        if not (key.isascii() and key.isdecimal() and len(key) == digits):
            raise LineError(f"key {key!r} instead of {digits} digits")
        if key[:2] not in self.prefixes or not re.match(AGS_PATTERN, key):
            raise LineError(f"key {key} of an unknown state")
        if self.current_state not in {"", key[:2]}:
            raise LineError(f"key {key} among those of state {self.current_state}")
        return key

    @staticmethod
    def _name(line: str) -> str:
        """Return the name without what follows the comma: „Bad Hersfeld, Kreisstadt“."""
        name = line[NAME].partition(",")[0].strip()
        if not name:
            raise LineError("no name")
        return name

    @staticmethod
    def _population(line: str) -> int:
        text = line[POPULATION].strip()
        if not (text.isascii() and text.isdecimal()):
            raise LineError(f"population {text!r} is no number")
        if int(text) > MOST_PEOPLE:
            raise LineError(f"population {int(text)} is more than Germany has")
        return int(text)

    def _add(self, place: Place) -> None:
        if place.ags in self.register.places:
            raise LineError(f"key {place.ags} for the second time")
        self.register.places[place.ags] = place

    def _sum_districts(self) -> None:
        """Add up what lies in each district; unknown where a line of it could not be read."""
        for key, people in self.people.items():
            district = self.register.places.get(key)
            if district and key not in self.register.incomplete_districts:
                district.population = people
