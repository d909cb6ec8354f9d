from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle


class ReportThrottle(SimpleRateThrottle):
    """Five reports an hour from one address, of which the cache keeps only a fingerprint."""

    scope = "accessibility_report"
    rate = "5/hour"

    def admits(self, request: HttpRequest) -> bool:
        """Count the request and say whether it is one of the five."""
        plain: Any = request  # the throttle reads only what every request has
        return self.allow_request(plain, view=plain)

    def get_cache_key(self, request: Any, view: Any) -> str:
        return salted_hmac(self.scope, self.get_ident(request)).hexdigest()
