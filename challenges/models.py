from challenges.needs.models import Need

__all__ = ["Need"]
