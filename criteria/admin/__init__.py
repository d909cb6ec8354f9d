from criteria.admin import assessments, catalogues, criteria, terms

__all__ = ["assessments", "catalogues", "criteria", "terms"]
