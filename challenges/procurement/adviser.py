"""Which way to award suits a value, a state and a day: a suggestion, never legal advice.

A value up to and including a state's limit is within it; a value that reaches the EU threshold is
under EU law. Rules that are planned or have expired are never applied. Where a limit is not known,
the answer is a public tender and the advice to ask the procurement office.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from challenges.procurement.models import EuThreshold, Procedure, ProcurementRule
from profiles.models import State

# The simplest first; what is only for start-ups is named beside, never suggested.
DIRECT_AWARD = "direktauftrag"
LADDER = (
    DIRECT_AWARD,
    "freie_verfahrenswahl",
    "freihaendige_vergabe",
    "verhandlungsvergabe",
    "beschraenkte_ausschreibung_ohne_tw",
    "verhandlungsvergabe_mit_tw",
)
FOR_STARTUPS = ("direktauftrag_startup", "vereinfachtes_verfahren_startup")
ALWAYS_BELOW = ("oeffentliche_ausschreibung", "beschraenkte_ausschreibung_mit_tw")
ABOVE = (
    "offenes_verfahren",
    "nicht_offenes_verfahren",
    "verhandlungsverfahren_mit_tw",
    "wettbewerblicher_dialog",
    "innovationspartnerschaft",
)
NEGOTIATED = {"verhandlungsvergabe", "freihaendige_vergabe"}
RESTRICTED = {"beschraenkte_ausschreibung_ohne_tw"}
FREE = {"freie_verfahrenswahl"}


@dataclass(frozen=True)
class Option:
    procedure: Procedure
    rule: ProcurementRule | None = None

    @property
    def legal_basis(self) -> str:
        return self.rule.legal_basis if self.rule else self.procedure.legal_basis


@dataclass(frozen=True)
class Advice:
    value_eur: int
    on: date
    state: State | None
    suggestion: Option | None
    alternatives: list[Option] = field(default_factory=list)
    threshold: EuThreshold | None = None
    limit_is_known: bool = True

    @property
    def is_above_eu(self) -> bool:
        return self.threshold is not None and self.value_eur >= self.threshold.sub_central_eur

    @property
    def options(self) -> list[Option]:
        return [self.suggestion, *self.alternatives] if self.suggestion else self.alternatives


def advise(
    value_eur: int,
    state: State | None,
    *,
    on: date,
    level: str = ProcurementRule.Level.MUNICIPAL,
) -> Advice:
    """Suggest the simplest procedure for a net value, 3 queries."""
    procedures = {procedure.key: procedure for procedure in Procedure.objects.all()}
    threshold = EuThreshold.objects.on(on).first()
    if not isinstance(threshold, EuThreshold):  # nobody entered the threshold of that time yet
        public = [Option(procedures[key]) for key in ALWAYS_BELOW if key in procedures]
        return Advice(value_eur, on, state, None, public, None, limit_is_known=False)
    if value_eur >= threshold.sub_central_eur:
        options = [Option(procedures[key]) for key in ABOVE if key in procedures]
        return Advice(value_eur, on, state, options[0], options[1:], threshold)
    rules = rules_of(state, on=on, level=level)
    fitting = [rule for rule in rules if rule.allows(value_eur)]
    options = [Option(rule.procedure, rule) for rule in fitting if rule.procedure.key in LADDER]
    options.sort(key=lambda option: LADDER.index(option.procedure.key))
    is_known = bool(options) or _knows_all_limits(rules)
    options += [Option(procedures[key]) for key in ALWAYS_BELOW if key in procedures]
    options += [
        Option(rule.procedure, rule) for rule in fitting if rule.procedure.key not in LADDER
    ]
    return Advice(value_eur, on, state, options[0], options[1:], threshold, is_known)


def rules_of(state: State | None, *, on: date, level: str) -> list[ProcurementRule]:
    """Return what binds a buyer of that state; the general rule where the state has none."""
    binding = ProcurementRule.objects.binding(level=level, on=on).select_related("procedure")
    own = list(binding.of(state)) if state else []
    general = ProcurementRule.objects.binding(level=ProcurementRule.Level.MUNICIPAL, on=on)
    return own or list(general.select_related("procedure").of(None))


def direct_award_limit(state: State | None, *, on: date, level: str) -> int | None:
    """Up to which net value that buyer may award directly; None if no rule says it; 3 queries."""
    rules = rules_of(state, on=on, level=level)
    rule = next((rule for rule in rules if rule.procedure.key == DIRECT_AWARD), None)
    if rule and rule.kind == ProcurementRule.Kind.EU_THRESHOLD:
        threshold = EuThreshold.objects.on(on).first()
        return threshold.sub_central_eur - 1 if threshold else None
    return rule.limit_eur if rule else None


def _knows_all_limits(rules: list[ProcurementRule]) -> bool:
    """Whether the state's limits are known up to the last step before a public tender."""
    known = {rule.procedure.key for rule in rules if rule.kind != ProcurementRule.Kind.UNKNOWN}
    return bool(known & FREE) or bool(known & NEGOTIATED and known & RESTRICTED)


def facts(
    procedure: Procedure, value_eur: int | None, state: State | None, *, on: date, level: str
) -> dict[str, Any]:
    """Return the basis of a chosen procedure as it stands on that day, to be kept as it is."""
    rules = rules_of(state, on=on, level=level)
    rule = next((rule for rule in rules if rule.procedure_id == procedure.pk), None)
    threshold = EuThreshold.objects.on(on).first()
    kept: dict[str, Any] = {
        "key": procedure.key,
        "name_de": procedure.name_de,
        "name_en": procedure.name_en,
        "regime": procedure.regime,
        "legal_basis": procedure.legal_basis,
        "ocds_method": procedure.ocds_method,
        "chosen_on": on.isoformat(),
        "value_eur": value_eur,
    }
    if rule:
        kept["rule"] = {
            "key": rule.key,
            "legal_basis": rule.legal_basis,
            "limit_eur": rule.limit_eur,
            "kind": rule.kind,
            "source": rule.source,
            "as_of": rule.as_of.isoformat(),
            "confidence": rule.confidence,
        }
    if isinstance(threshold, EuThreshold):
        kept["threshold"] = {
            "sub_central_eur": threshold.sub_central_eur,
            "regulation": threshold.regulation,
        }
    return kept
