from marketplace.pages.models import AccessibilityReport, Page

__all__ = ["AccessibilityReport", "Page"]
