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
    "Note",
    "Outdated",
    "Page",
    "Proposal",
    "ShortlistChange",
    "ShortlistEntry",
    "SolutionVector",
    "Statement",
    "TopicVector",
    "Weights",
]
