"""The facets of the list of solutions, each with live counts.

A count says how many hits there are with that value and all filters of the *other* facets.
They come from the snapshot, without a query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from profiles.filters import SolutionFilter
from profiles.models.figures import grouped, grouped_in
from profiles.models.terms import claim_kind, met_kind
from profiles.snapshot.market import Vocabulary


@dataclass
class Option:
    """One value of a facet, a checkbox of the form."""

    name: str
    value: str
    label: str
    count: int
    is_active: bool


@lru_cache(maxsize=4_000)
def _checkbox(name: str, value: str, label: str) -> tuple[str, str, str]:
    """Return the checkbox in three parts, between which stand its state and its count."""
    before = format_html(
        '<div class="facet__option kern-form-check">'
        '<input class="kern-form-check__checkbox" type="checkbox"'
        ' id="{0}-{1}" name="{0}" value="{1}"',
        name,
        value,
    )
    between = format_html(
        '><label class="kern-label" for="{}-{}">{} <span class="facet__count">(',
        name,
        value,
        label,
    )
    return before, between, ")</span></label></div>"


UNRELATED = {"page", "sort"}  # parameters that change no count


def checkboxes(options: "list[Option]") -> SafeString:
    """Return the options as HTML. A page has 300: as partials, they took most of its time."""
    html, language = [], get_language()
    for option in options:
        before, between, after = _checkbox(option.name, option.value, option.label)
        checked = " checked" if option.is_active else ""
        html.append(f"{before}{checked}{between}{grouped_in(language, option.count)}{after}")
    return mark_safe("".join(html))  # noqa: S308  (the parts are escaped above)


@dataclass
class Group:
    """Options below a common heading: the topics of one field."""

    label: str
    count: int
    options: list[Option]

    @property
    def checkboxes(self) -> SafeString:
        return checkboxes(self.options)

    @property
    def is_active(self) -> bool:
        return any(option.is_active for option in self.options)


@dataclass
class Facet:
    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def checkboxes(self) -> SafeString:
        groups = "".join(_group(group) for group in self.groups)
        return mark_safe(checkboxes(self.options) + groups)  # noqa: S308  (both are escaped)

    @property
    def is_active(self) -> bool:
        choices: list[Option | Group] = [*self.options, *self.groups]
        return any(choice.is_active for choice in choices)


def _group(group: Group) -> str:
    return (
        f'<details class="facet__group" id="group-{escape(group.options[0].value)}"'
        f"{' open' if group.is_active else ''}>"
        f'<summary class="facet__group-summary">{escape(group.label)}'
        f' <span class="facet__count">({grouped(group.count)})</span></summary>'
        f"{group.checkboxes}</details>"
    )


Label = tuple[str, str, str]
"""A value as it stands in the address, its term in the snapshot, and its name."""


def facets_as_html(filterset: SolutionFilter) -> SafeString:
    """Return the facets, kept for the next page or order of the same list until a change."""
    chosen = [(name, values) for name, values in filterset.data.lists() if name not in UNRELATED]
    key = ("facets", get_language(), repr(sorted(chosen)))
    return filterset.snapshot.remembered(key, lambda: _rendered(filterset))


def _rendered(filterset: SolutionFilter) -> SafeString:
    context = {"facets": facets_of(filterset), "form": filterset.form}
    return render_to_string("marketplace/_facets.html", context)


def facets_of(filterset: SolutionFilter) -> list[Facet]:
    return [facet for facet in _facets(filterset) if facet.options or facet.groups]


def _facets(filterset: SolutionFilter) -> Iterator[Facet]:
    yield _topics(filterset)
    yield _choices(filterset, "phase")
    yield _references(filterset)
    yield _criteria(filterset)
    yield _standards(filterset)
    yield _choices(filterset, "hosting")
    yield _choices(filterset, "licence")
    yield _states(filterset, "region")
    yield _choices(filterset, "provider_kind")
    yield _states(filterset, "provider_state")
    yield _choices(filterset, "offering_type")


def _facet(
    filterset: SolutionFilter, name: str, labels: Iterable[Label], counts: dict[str, int]
) -> Facet:
    """Offer the values that have hits, and those that are chosen."""
    chosen = set(filterset.data.getlist(name))
    options = [
        Option(name, value, label, counts.get(term, 0), value in chosen)
        for value, term, label in labels
        if counts.get(term) or value in chosen
    ]
    return Facet(name, str(filterset.filters[name].label), options)


def _choices(filterset: SolutionFilter, name: str) -> Facet:
    labels = _choice_labels(name, get_language())
    return _facet(filterset, name, labels, filterset.hits(without=name).counts(name))


@lru_cache(maxsize=32)
def _choice_labels(name: str, language: str | None) -> list[Label]:
    choices = SolutionFilter.base_filters[name].extra["choices"]
    return [(key, key, str(label)) for key, label in choices]


def _topics(filterset: SolutionFilter) -> Facet:
    counts = filterset.hits(without="topic").counts("topic")
    label = _("alles zu diesem Thema")
    groups = []
    for parent, children in _families(filterset.snapshot.vocabulary, get_language()):
        key, term, name = parent
        facet = _facet(filterset, "topic", [(key, term, label), *children], counts)
        if facet.options:
            groups.append(Group(str(name), counts.get(term, 0), facet.options))
    return Facet("topic", str(filterset.filters["topic"].label), groups=groups)


@lru_cache(maxsize=4)
def _families(vocabulary: Vocabulary, language: str | None) -> list[tuple[Label, list[Label]]]:
    """Return the upper topics, each with those below it; the names are in that language."""
    labels = {topic: (topic.key, str(topic.pk), topic.name) for topic in vocabulary.topics}
    return [
        (label, [below for topic, below in labels.items() if topic.parent_id == parent.pk])
        for parent, label in labels.items()
        if parent.parent_id is None
    ]


@lru_cache(maxsize=4)
def _standard_labels(vocabulary: Vocabulary, language: str | None) -> list[Label]:
    return [(row.key, str(row.pk), row.name) for row in vocabulary.standards]


def _standards(filterset: SolutionFilter) -> Facet:
    kind = claim_kind(filterset.wants_evidence)
    labels = _standard_labels(filterset.snapshot.vocabulary, get_language())
    return _facet(filterset, "standard", labels, filterset.hits(without="standard").counts(kind))


def _criteria(filterset: SolutionFilter) -> Facet:
    labels = _choice_labels("criteria_met", get_language())
    counts = filterset.hits(without="criteria_met").counts(met_kind(filterset.wants_confirmed))
    return _facet(filterset, "criteria_met", labels, counts)


def _states(filterset: SolutionFilter, name: str) -> Facet:
    labels = _state_labels(filterset.snapshot.vocabulary, get_language())
    return _facet(filterset, name, labels, filterset.hits(without=name).counts(name))


@lru_cache(maxsize=4)
def _state_labels(vocabulary: Vocabulary, language: str | None) -> list[Label]:
    return [(state.code, str(state.pk), state.name) for state in vocabulary.states]


def _references(filterset: SolutionFilter) -> Facet:
    """Offer yes-or-no filters; those that speak of "mine" once the municipality is known."""
    names = ["has_references", "seeks_pilot"]
    if filterset.place:
        names[1:1] = ["references_in_size_class", "references_in_state"]
    options = []
    for name in names:
        narrow = filterset.filters[name]
        count = narrow.filter(filterset.hits(without=name), True).count()
        is_active = filterset.values.get(name) is True
        if count or is_active:
            options.append(Option(name, "true", str(narrow.label), count, is_active))
    return Facet("references", _("Referenzen und Erprobung"), options)
