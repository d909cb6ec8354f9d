"""Whose word counts as the municipality's.

The rule behind all of this: a provider must not be able to confirm itself. It enters the address
that is asked, so an answer from there proves no more than that somebody reads that address. It
counts at once only if the address has the mail domain of an organisation that speaks for the
municipality and that an agency or the administration has verified. Any other answer is kept and
shown as "organisation not checked", and counts once a state agency or the administration has
looked at the sender. To refuse such answers altogether would shut out the many municipalities
that have no organisation here yet; to let them count would make every reference worthless.

Domains under which anybody gets an address vouch for nobody, even if a small municipality uses
one and its organisation is verified.
"""

from profiles.models.memberships import Membership
from profiles.models.organisations import Organisation
from profiles.models.territory import Municipality

# fmt: off
OPEN_TO_ANYBODY = frozenset({
    "1und1.de", "aol.com", "aol.de", "arcor.de", "email.de", "freenet.de", "gmail.com", "gmx.at",
    "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.de", "icloud.com",
    "kabelmail.de", "live.com", "live.de", "mail.com", "mail.de", "mailbox.org", "me.com",
    "msn.com", "online.de", "outlook.com", "outlook.de", "posteo.de", "proton.me",
    "protonmail.com", "t-online.de", "tuta.com", "tutanota.com", "vodafone.de", "web.de",
    "yahoo.com", "yahoo.de",
})
# fmt: on


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().lower()


def is_vouched_for(address: str, municipality: Municipality, *, against: Organisation) -> bool:
    """Whether the address is known to be the municipality's, and not of who gains by it."""
    domain = domain_of(address)
    if not domain or domain in OPEN_TO_ANYBODY or belongs_to(address, against):
        return False
    places = Organisation.objects.of_places().verified().filter(municipality=municipality)
    return places.filter(mail_domain__iexact=domain).exists()


def belongs_to(address: str, organisation: Organisation) -> bool:
    """Whether the address is one of the organisation's domain or of a member."""
    domain = organisation.mail_domain.lower()
    if domain and domain == domain_of(address):
        return True
    return Membership.objects.filter(
        organisation=organisation, user__email__iexact=address.strip()
    ).exists()
