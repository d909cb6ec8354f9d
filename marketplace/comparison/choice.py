"""What is compared: all of it stands in the address, so that it can be sent to others."""

from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from marketplace.comparison.facts import Row, rows_of
from profiles.models import Solution
from profiles.models.solutions import SolutionQuerySet
from profiles.search import TextQuery

MOST = 4
SUGGESTIONS = 8
LONGEST_SEARCH = 200


class Choice:
    """The solutions that an address asks for, in its order, and each only once."""

    def __init__(self, data: QueryDict) -> None:
        asked = (slug.replace("\0", "") for slug in data.getlist("solution"))
        self.slugs = list(dict.fromkeys(slug for slug in asked if slug))
        self.search = data.get("search", "")[:LONGEST_SEARCH].strip()
        self.only_differences = bool(data.get("differences"))

    @cached_property
    def solutions(self) -> list[Solution]:
        """The first of them, as many as can be compared; a handful of queries."""
        return [self._found[slug] for slug in self._known[:MOST]]

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.solutions, only_differences=self.only_differences)

    @property
    def unknown(self) -> list[str]:
        """What is not published, or no longer; never says whether it exists."""
        return [slug for slug in self._asked if slug not in self._found]

    @property
    def left_out(self) -> int:
        return len(self.slugs) - len(self.unknown) - len(self.solutions)

    @property
    def has_room(self) -> bool:
        return len(self.solutions) < MOST

    @cached_property
    def suggestions(self) -> list[Solution]:
        """Others to add, found by the words typed."""
        if not (self.search and self.has_room):
            return []
        others = self._published.exclude(slug__in=self.slugs)
        found = others.found_by(TextQuery.parse(self.search)).most_relevant_first()
        return list(found.select_related("provider__organisation")[:SUGGESTIONS])

    @cached_property
    def columns(self) -> list[tuple[Solution, str]]:
        """Each solution with the address of the comparison without it."""
        return [(solution, self.address(without=solution.slug)) for solution in self.solutions]

    @cached_property
    def additions(self) -> list[tuple[Solution, str]]:
        """Each suggestion with the address of the comparison with it."""
        return [(solution, self.address(also=solution.slug)) for solution in self.suggestions]

    @property
    def query(self) -> str:
        """What exports are asked with."""
        return self.address().partition("?")[2]

    def address(self, *, also: str = "", without: str = "") -> str:
        query = QueryDict(mutable=True)
        slugs = [solution.slug for solution in self.solutions if solution.slug != without]
        query.setlist("solution", [*slugs, also] if also else slugs)
        if self.only_differences:
            query["differences"] = "on"
        return f"{reverse('comparison')}?{query.urlencode()}"

    @property
    def _known(self) -> list[str]:
        return [slug for slug in self._asked if slug in self._found]

    @property
    def _asked(self) -> list[str]:
        return self.slugs[: 2 * MOST]

    @cached_property
    def _found(self) -> dict[str, Solution]:
        asked = self._published.filter(slug__in=self._asked)
        return {solution.slug: solution for solution in asked.for_page()} if self._asked else {}

    @property
    def _published(self) -> SolutionQuerySet:
        return Solution.objects.published()
