import secrets
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from profiles.models import Membership, Municipality, Organisation, State, User
from profiles.slugs import german_slug


class Account(NamedTuple):
    role: str
    email: str
    organisation: str = ""
    kind: str = ""


ACCOUNTS = [
    Account("administration of the market", "admin@demo.example"),
    Account("municipality", "kommune@demo.example", "Baunatal", Organisation.Kind.MUNICIPALITY),
    Account("its neighbour", "nachbarin@demo.example", "Vellmar", Organisation.Kind.MUNICIPALITY),
    Account("provider", "anbieter@demo.example", "Wortkaskade GmbH", Organisation.Kind.PROVIDER),
    Account(
        "state agency",
        "land@demo.example",
        "Landesstelle Digitales Rathaus (erfunden)",
        Organisation.Kind.STATE_AGENCY,
    ),
]


def accounts() -> list[tuple[str, str]]:
    """Return the demo accounts as (role, e-mail)."""
    return [(account.role, account.email) for account in ACCOUNTS]


def password() -> str:
    """Return the password of all demo accounts, made once for each data folder."""
    path = settings.DATA_DIR / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


def load() -> None:
    for account in ACCOUNTS:
        user = User.objects.filter(email=account.email).first() or User(email=account.email)
        user.is_staff = user.is_superuser = not account.organisation
        if not user.check_password(password()):
            user.set_password(password())
        user.save()
        user.confirm_email()
        if account.organisation:
            Membership.objects.get_or_create(
                user=user,
                organisation=_organisation(account),
                defaults={"role": Membership.Role.OWNER},
            )


def _organisation(account: Account) -> Organisation:
    place = Municipality.objects.filter(name=account.organisation).first()
    organisation, _ = Organisation.objects.get_or_create(
        name=account.organisation,
        defaults={
            "slug": german_slug(account.organisation),
            "kind": account.kind,
            "municipality": place,
            "state": place.state if place else State.objects.get(code="DE-HE"),
            "verified_at": timezone.now(),
        },
    )
    return organisation
