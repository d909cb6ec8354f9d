from marketplace.matching.models import (
    Match,
    Matching,
    NeedVector,
    Outdated,
    SolutionVector,
    TopicVector,
    Weights,
)
from marketplace.pages.models import AccessibilityReport, Page
from marketplace.shortlists.models import Note, ShortlistChange, ShortlistEntry

__all__ = [
    "AccessibilityReport",
    "Match",
    "Matching",
    "NeedVector",
    "Note",
    "Outdated",
    "Page",
    "ShortlistChange",
    "ShortlistEntry",
    "SolutionVector",
    "TopicVector",
    "Weights",
]
