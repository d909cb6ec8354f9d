"""What else happens when a challenge is published, said by the features that need it.

A function raises ValidationError where it is not ready; it runs in the transaction of the step.
They are named in `ChallengesConfig.ready` and `MarketplaceConfig.ready`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from challenges.calls.models import Challenge
    from profiles.models import User

Preparation = Callable[["Challenge", "User", datetime], None]
PREPARATIONS: list[Preparation] = []
