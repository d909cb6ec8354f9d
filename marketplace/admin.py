from marketplace.feedback.admin import RejectionAdmin
from marketplace.matching.admin import WeightsAdmin
from marketplace.pages.admin import AccessibilityReportAdmin, PageAdmin

__all__ = ["AccessibilityReportAdmin", "PageAdmin", "RejectionAdmin", "WeightsAdmin"]
