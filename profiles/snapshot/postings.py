"""Posting lists: for each stem the solutions that hold it, packed beforehand.

To find in the index which of a hundred thousand documents hold a word takes as long as the rest
of a page. So a large market keeps the answer for each stem, as of one moment; what has changed
since (`changes.since`) is asked of the documents themselves. Without valid lists, everything is.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models.functions import Now

from profiles.models.text import SearchDocument, StemPostings, Ways
from profiles.snapshot import changes
from profiles.snapshot.reading import Ids, by_place

WORTH = 20_000  # documents; in fewer, the index finds a word in a millisecond
MANY = 1_000  # changes since; from here on the lists are made anew
KEPT = changes.KEPT / 2  # the log of changes reaches further back
RENEWED = KEPT / 2
MADE = ""  # the stem of a row that is there whenever lists are
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
    """The lists of some stems, which tell of the moment `seen`."""

    ids: Mapping[str, list[Ids]]  # for each of `PLACES`
    seen: str


def read(asked: Sequence[Ways]) -> Postings | None:
    """Return the lists of all stems of these words, if there are any: one query."""
    stems = {stem for ways in asked for way in ways for stem in way}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stem, packed, seen FROM profiles_stempostings
            WHERE stem = ANY (%s) AND made_at > now() - make_interval(secs => %s)
            """,
            [[MADE, *stems], KEPT.total_seconds()],
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    packed = {stem: value for stem, value, _ in rows}
    return Postings({stem: by_place(packed.get(stem)) for stem in stems}, seen=rows[0][2])


def changed_since(seen: str) -> Ids | None:
    """Return the solutions of which lists of that moment may be wrong; None: of too many."""
    news = changes.since(seen)
    return None if news.all or len(news.ids) > MANY else news.ids


def refresh() -> bool:
    """Make the lists anew where they are worth it, and old or invalid; tell whether it was done."""
    lists = StemPostings.objects.all()
    if SearchDocument.objects.count() < WORTH:
        lists.delete()
        return False
    made = lists.filter(stem=MADE, made_at__gt=Now() - RENEWED).first()
    if made and changed_since(made.seen) is not None:
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
