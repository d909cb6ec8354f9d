from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.celery import app as celery_app  # tasks find their broker once Django is up

__all__ = ["MarketplaceConfig", "celery_app"]


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("Marktplatz")
