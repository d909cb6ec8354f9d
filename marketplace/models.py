from marketplace.pages.models import AccessibilityReport, Page
from marketplace.shortlists.models import Note, ShortlistChange, ShortlistEntry

__all__ = ["AccessibilityReport", "Note", "Page", "ShortlistChange", "ShortlistEntry"]
