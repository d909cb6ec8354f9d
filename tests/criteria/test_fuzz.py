"""Whatever a file holds: it is read, or refused in words. It never crashes."""

import json

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from criteria.catalogue import built_in
from criteria.catalogue.importing.entries import FIELDS
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import UnreadableError
from criteria.catalogue.importing.reading import read
from tests.criteria.test_importing import OWN_DUMP

LINES = OWN_DUMP.read_text().split("\n")
KNOWN = Known(tuple(built_in.built_in_terms()), built_in.built_in_entries())
quickly = hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck)
)
SCRAPS = ["Kommune", "Pilot", " | ", "||", " | U Untitled | U Untitled |", "\n", "\0", "PoC", "ß "]


def outcome(content: bytes, name: str = "dump.txt") -> list[object]:
    try:
        return list(read(name, content, KNOWN).entries)
    except UnreadableError as refusal:
        return [str(problem) for problem in refusal.problems if str(problem)]


@quickly
@given(st.permutations(LINES[2:]))
def test_the_order_of_rows_changes_no_classification(rows):
    def classified(lines):
        entries = read("dump.txt", "\n".join(lines).encode(), KNOWN).entries
        return {(entry.phase, entry.sub_phases, entry.stakeholders) for entry in entries}

    whole = [f"{row}|||||" for row in rows]
    assert classified([*LINES[:2], *whole]) == classified(LINES)


@quickly
@given(st.integers(0, OWN_DUMP.stat().st_size), st.integers(0, 400))
def test_a_dump_with_a_piece_cut_out_is_read_or_refused(start, length):
    content = OWN_DUMP.read_bytes()
    assert outcome(content[:start] + content[start + length :])


@quickly
@given(st.lists(st.tuples(st.integers(1, 5000), st.sampled_from(SCRAPS)), max_size=4))
def test_a_dump_with_scraps_put_in_is_read_or_refused(scraps):
    text = OWN_DUMP.read_text()
    for place, scrap in scraps:
        text = text[:place] + scrap + text[place:]
    assert outcome(text.encode())


@quickly
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.csv", "a.json", "a.xlsx"]))
def test_any_bytes_are_refused_in_words(content, name):
    assert outcome(content, name)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.lists(st.text())
)


@quickly
@given(st.lists(st.dictionaries(st.sampled_from([*FIELDS, "slug", "Quelle"]), VALUES), max_size=3))
def test_any_json_is_refused_in_words(rows):
    assert outcome(json.dumps(rows).encode(), "a.json")
