from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    name = "challenges"
    verbose_name = _("Bedarfe und Challenges")

    def ready(self) -> None:
        from challenges.applications.keys import seal_up
        from challenges.applications.pricing import check_price_sheet
        from challenges.calls.publication import PREPARATIONS

        PREPARATIONS.extend((check_price_sheet, seal_up))
