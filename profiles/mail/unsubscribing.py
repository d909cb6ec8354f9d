"""The signed part of the link by which a mail is unsubscribed from, without signing in.

It holds the number of the mail alone, so no address stands in anybody's server log. It is valid as
long as the mail is in the log, a year.
"""

from django.core import signing

from profiles.mail.kinds import SWITCHABLE
from profiles.mail.models import Mail

SIGNER = signing.Signer(salt="mail unsubscribe")


def token_for(mail: Mail) -> str:
    return SIGNER.sign(str(mail.pk))


def mail_of(token: str) -> Mail | None:
    """Return the mail of a link, or nothing if the link is forged or the mail forgotten."""
    try:
        mail = Mail.objects.filter(pk=SIGNER.unsign(token)).first()
    except signing.BadSignature:
        return None
    return mail if mail and mail.kind in {kind.key for kind in SWITCHABLE} else None
