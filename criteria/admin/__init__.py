from criteria.admin import catalogues, criteria, terms

__all__ = ["catalogues", "criteria", "terms"]
