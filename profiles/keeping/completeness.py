"""How complete a solution is described.

The rule is public: one point for each of the answers below that is there, and nothing for its
length. Answers that do not apply are not counted: a free offer has no price, and who seeks no
pilot makes no offer to one. Regions and sizes are never missing: empty means everywhere.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.keeping.models import Data
from profiles.keeping.steps import LABELS, STEP_OF, Step
from profiles.models import Solution


class Point(NamedTuple):
    field: str
    why: str | Promise
    applies: Callable[[Data], bool] = lambda _data: True

    @property
    def label(self) -> str | Promise:
        label: str | Promise = LABELS[self.field]
        return label

    @property
    def step(self) -> Step:
        return STEP_OF[self.field]


POINTS = (
    Point("title", _("Unter dem Titel wird die Lösung gefunden.")),
    Point("tagline", _("Ein Satz, der in der Liste unter dem Titel steht.")),
    Point("summary", _("Ohne sie weiß niemand, worum es geht.")),
    Point("offering_type", _("Nach der Art des Angebots wird gefiltert.")),
    Point("phase", _("Nach der Phase wird gefiltert.")),
    Point("benefit", _("Damit begründen Kommunen die Anschaffung.")),
    Point("topics", _("Über Themen finden Kommunen, was sie suchen.")),
    Point("languages", _("Viele Kommunen brauchen mehr als Deutsch.")),
    Point("licence", _("Nach der Lizenz wird gefiltert.")),
    Point("hosting", _("Der Betrieb ist für viele eine feste Anforderung.")),
    Point("operator_models", _("Kommunen ohne eigene IT fragen zuerst danach.")),
    Point("data_processing", _("Der Datenschutz fragt als Erstes danach.")),
    Point("interfaces", _("Fachverfahren müssen sich anschließen lassen.")),
    Point("claims", _("Nachweise sparen beiden Seiten Rückfragen.")),
    Point("price_model", _("Ohne Preismodell kann niemand rechnen.")),
    Point(
        "price_from_eur",
        _("Wer den Preis nennt, kommt auch unter der Grenze für Direktaufträge vor."),
        lambda data: data.get("price_model") != Solution.PriceModel.FREE,
    ),
    Point(
        "pilot_offer",
        _("Eine Pilotkommune möchte wissen, was sie erwartet."),
        lambda data: bool(data.get("seeks_pilot")),
    ),
)


class Completeness(NamedTuple):
    reached: int
    total: int
    missing: list[Point]

    @property
    def percent(self) -> int:
        return self.reached * 100 // self.total


def completeness(data: Data) -> Completeness:
    counted = [point for point in POINTS if point.applies(data)]
    missing = [point for point in counted if data.get(point.field) in (None, "", [])]
    return Completeness(len(counted) - len(missing), len(counted), missing)
