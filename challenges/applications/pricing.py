"""What applicants are asked to price, where the price counts."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from challenges.calls.models import Challenge
from challenges.calls.nature import Nature, nature_of
from profiles.models import User


def check_price_sheet(challenge: Challenge, by: User, at: datetime) -> None:
    """Ask for something to price (a step of publication): else all would have the same points.

    What prepares a formal procedure takes no applications here, and has no price sheet.
    """
    counts = challenge.criteria.filter(is_price=True).exists()
    if not counts or nature_of(challenge) == Nature.ABOVE:
        return
    if not challenge.price_positions.exists():
        raise ValidationError(
            _(
                "Der Preis zählt in der Bewertung, aber das Preisblatt ist leer. Bitte fügen Sie "
                "mindestens eine Position hinzu."
            ),
            "price_sheet",
        )
