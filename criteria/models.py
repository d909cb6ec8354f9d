from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Confirmation, Rating, Snapshot
from criteria.assessments.sharing import Letterhead, ShareLink
from criteria.catalogue.criteria import Criterion, CriterionPhase
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Term

__all__ = [
    "Assessment",
    "Catalogue",
    "Confirmation",
    "Criterion",
    "CriterionPhase",
    "Letterhead",
    "Rating",
    "ShareLink",
    "Snapshot",
    "Term",
]
