from challenges.evaluation.models.decisions import Decision, PanelEntry
from challenges.evaluation.models.panels import Declaration, Panel, Reviewer
from challenges.evaluation.models.scores import AgreedScore, Score

__all__ = [
    "AgreedScore",
    "Decision",
    "Declaration",
    "Panel",
    "PanelEntry",
    "Reviewer",
    "Score",
]
