"""All mail of the marketplace: what may be sent, what was sent, and who does not want it."""

from profiles.mail.sending import send, send_each

__all__ = ["send", "send_each"]
