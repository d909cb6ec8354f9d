"""What may help with a criterion: offers of the market that speak of it.

There is no table that leads from criteria to topics. The words of the criterion's title are
searched in the offers, so what is found is a suggestion, and is labelled as one.
"""

import re

from criteria.catalogue.criteria import Criterion
from profiles.models import Solution
from profiles.search import TextQuery, widened

SUGGESTIONS = 3
FEWEST_WORDS = 2  # one word alone is mostly found by chance
SHORTEST = 5  # letters; shorter words say little of the subject
# fmt: off
SAY_NOTHING = frozenset({
    "aufbau", "ausarbeitung", "berücksichtigung", "bestimmung", "definition", "durchführung",
    "einbezug", "einbindung", "entwicklung", "ermittlung", "erstellung", "festlegung",
    "gewährleistung", "identifikation", "kommune", "kommunen", "kontinuierliche", "lösung",
    "lösungen", "möglichen", "nutzung", "prüfung", "relevanter", "schaffung", "sicherstellung",
    "umsetzung", "unter", "verschiedener", "verwendung",
})
# fmt: on


def suggested_solutions(criterion: Criterion) -> list[Solution]:
    """Published solutions that hold every word of the subject: rather none than noise."""
    terms = widened(" ".join(subject_words(criterion.title_de)))
    query = TextQuery.of(term for term in terms if not term.correction)
    if len(query.terms) < FEWEST_WORDS or not query.finds_all_words:
        return []
    found = Solution.objects.published().found_by(query).most_relevant_first()
    return list(found.for_cards()[:SUGGESTIONS])


def subject_words(title: str) -> list[str]:
    words = re.findall(r"\w+", title.lower())
    return [word for word in words if len(word) >= SHORTEST and word not in SAY_NOTHING]
