from marketplace.alerts.models import News, Rhythm, Watch
from marketplace.feedback.models import Rejection
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
    "News",
    "Note",
    "Outdated",
    "Page",
    "Rejection",
    "Rhythm",
    "ShortlistChange",
    "ShortlistEntry",
    "SolutionVector",
    "TopicVector",
    "Watch",
    "Weights",
]
