from criteria.catalogue.criteria import Criterion, CriterionPhase
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Term

__all__ = ["Catalogue", "Criterion", "CriterionPhase", "Term"]
