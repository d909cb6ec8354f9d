"""Posting lists: for each stem the solutions that hold it, packed beforehand.

To find in the index which of a hundred thousand documents hold a word takes as long as the rest
of a page. So a large market keeps the answer for each stem, as of one moment; what has changed
since (`changes.since`) is asked of the documents themselves. Without valid lists, everything is.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection, transaction

from profiles.models.text import SearchDocument, StemPostings, Ways
from profiles.snapshot import changes
from profiles.snapshot.reading import Ids, by_place

WORTH = 20_000  # documents; in fewer, the index finds a word in a millisecond
MANY = 1_000  # changes since; from here on the lists are made anew
KEPT = changes.KEPT / 2  # the log of changes reaches further back
RENEWED = KEPT / 2
FILL = """
INSERT INTO profiles_stempostings (stem, packed, seen, made_at)
SELECT '', ''::bytea, pg_current_snapshot()::text, now()
UNION ALL
SELECT lexeme,
       string_agg(int8send(solution_id * 4 + CASE WHEN 'A' = ANY (weights) THEN 3
                                                  WHEN 'B' = ANY (weights) THEN 2
                                                  WHEN 'C' = ANY (weights) THEN 1
                                                  ELSE 0 END), ''::bytea),
       pg_current_snapshot()::text, now()
FROM profiles_searchdocument, unnest(vector) AS word (lexeme, positions, weights)
WHERE length(lexeme) <= 100
GROUP BY lexeme
"""


class Postings(NamedTuple):
    """The lists of some stems, and the solutions of which they do not tell the truth any more."""

    ids: Mapping[str, list[Ids]]  # for each of `PLACES`
    changed: Ids


def read(asked: Sequence[Ways]) -> Postings | None:
    """Return the lists of all stems of these words if they are valid: 2 queries."""
    stems = {stem for ways in asked for way in ways for stem in way}
    rows = StemPostings.objects.made_within(KEPT).filter(stem__in=["", *stems])
    found = {row.stem: row for row in rows}
    if "" not in found:
        return None
    news = changes.since(found[""].seen)
    if news.all or len(news.ids) > MANY:
        return None
    nowhere = by_place(None)
    ids = {stem: by_place(found[stem].packed) if stem in found else nowhere for stem in stems}
    return Postings(ids, news.ids)


def refresh() -> bool:
    """Make the lists anew where they are worth it, and old or invalid; tell whether it was done."""
    if SearchDocument.objects.count() < WORTH:
        StemPostings.objects.all().delete()
        return False
    if StemPostings.objects.made_within(RENEWED).exists() and read([]):
        return False
    make()
    return True


def make() -> None:
    """Make the lists anew in one transaction: seconds for a hundred thousand documents."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE profiles_stempostings IN EXCLUSIVE MODE")  # one at a time
        cursor.execute("SET LOCAL enable_hashagg = off")  # it would hold all lists in memory
        cursor.execute("DELETE FROM profiles_stempostings")
        cursor.execute(FILL)
