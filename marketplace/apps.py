import gc

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.celery import app as celery_app  # tasks find their broker once Django is up

__all__ = ["MarketplaceConfig", "celery_app"]


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("Marktplatz")

    def ready(self) -> None:
        from challenges.calls.publication import PREPARATIONS
        from marketplace.alerts.publication import tell_of

        PREPARATIONS.append(tell_of)
        _collect_garbage_seldom()


def _collect_garbage_seldom() -> None:
    """And never among the modules: that took a tenth of each page."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
