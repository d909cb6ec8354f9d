from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    name = "challenges"
    verbose_name = _("Bedarfe und Challenges")

    def ready(self) -> None:
        from challenges.applications.keys import seal_up
        from challenges.calls.publication import PREPARATIONS

        PREPARATIONS.append(seal_up)
