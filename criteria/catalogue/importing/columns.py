"""The columns of the known export, and the fields that they fill."""

EXPORT_COLUMNS = (
    "Kriterium",
    "V&T Mechanismen",
    "Mechanismus Kategorie",
    "Sub-Driver",
    "Scaling Driver",
    "Workstream",
    "(ab) Phase",
    "Sub-Phase",
    "Key Stakeholder",
    "Quelle",
    "Created by",
    "Meilenstein",
    "Transfer",
    "Last edit by",
    "🧑💼 Input Experte",
    "Rel. V&T Kriterien",
    "Betreibermodelle",
    "Input aus Workshop",
    "aus Workshop",
    "Beschreibung Betreibermodelle",
    "Input aus Expertengespräch",
    "Kommunaler Meilenstein",
    "Kriterien-Kurzbeschreibung",
    "Zusätzlicher Meilenstein",
    "👌 Good Practice",
)

CLASSIFYING = {
    "V&T Mechanismen": "mechanisms",
    "Mechanismus Kategorie": "mechanism_categories",
    "Sub-Driver": "sub_drivers",
    "Scaling Driver": "scaling_driver",
    "Workstream": "workstreams",
    "(ab) Phase": "phase",
    "Sub-Phase": "sub_phases",
    "Key Stakeholder": "stakeholders",
}
"""Before the two people; in the order of the export."""

RELATED = "Rel. V&T Kriterien"
GOOD_PRACTICE = "👌 Good Practice"

TEXTS = {
    "Input aus Workshop": "workshop",
    "Beschreibung Betreibermodelle": "operators",
    "Input aus Expertengespräch": "experts",
    "Kriterien-Kurzbeschreibung": "summary",
}
"""Prose without a licence: which of them are filled is kept, what they say is not."""

SINGLE = ("scaling_driver", "phase")
