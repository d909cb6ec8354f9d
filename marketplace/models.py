from marketplace.alerts.models import News, Rhythm, Watch
from marketplace.feedback.models import Rejection
from marketplace.grouping.models import NeedGroup, Proposal, Statement
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
    "NeedGroup",
    "NeedVector",
    "News",
    "Note",
    "Outdated",
    "Page",
    "Proposal",
    "Rejection",
    "Rhythm",
    "ShortlistChange",
    "ShortlistEntry",
    "SolutionVector",
    "Statement",
    "TopicVector",
    "Watch",
    "Weights",
]
