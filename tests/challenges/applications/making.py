"""Challenges that are running, their key holders, and applications for them."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from challenges.applications import drafts, files, keys, submitting
from challenges.calls.lifecycle import State
from challenges.calls.sealing import padded
from profiles.files.inspection import Accepted
from profiles.models import Membership
from tests.factories import LONG_AGO, make_challenge, make_member, make_provider
from tests.profiles.files.zoo import pdf

START = datetime(2027, 1, 11, 9, tzinfo=UTC)
END = datetime(2027, 2, 19, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WHEN_OPEN = START + timedelta(days=10)
AFTER = END + timedelta(minutes=6)  # of which five are grace
PASSPHRASE = "fünf Wörter ohne jeden Zusammenhang"
CANARY = "Kanarienvogel-4711"


def make_running(*, holders=2, start=START, end=END, **fields):
    """Make a published one that takes applications; its holders are `holders_of(it)`."""
    challenge = make_challenge(
        questions_from=start,
        questions_until=start + SECOND,
        applications_from=start,
        applications_until=end,
        key_holders=0,
        **fields,
    )
    challenge.form_questions.create(text="Was schlagen Sie vor?", max_words=20)
    for _number in range(holders):
        keys.become_holder(challenge, make_member(challenge.organisation), PASSPHRASE, at=start)
    keys.seal_up(challenge, make_member(challenge.organisation), start)
    challenge.state, challenge.published_at = State.PUBLISHED, start
    challenge.save()
    return challenge


def holders_of(challenge):
    return [holder.user for holder in challenge.key_holders.order_by("pk")]


def make_application(challenge=None, *, provider=None, text=CANARY, amount="1200.00"):
    """Make a draft in which nothing is missing; its author is an owner of the provider."""
    challenge = challenge or make_running()
    organisation = (provider or make_provider()).organisation
    author = make_member(organisation)
    application = submitting.begin(challenge, organisation, by=author, at=WHEN_OPEN)
    draft = {
        "answers": {str(row.pk): text for row in challenge.form_questions.all()},
        "prices": {str(row.pk): amount for row in challenge.price_positions.all()},
        "solution": None,
    }
    drafts.save(application, draft, by=author, at=WHEN_OPEN, seen=application.version)
    application.refresh_from_db()
    return application


def pdf_with_canary():
    return pdf() + f"\n% {CANARY}\n".encode()


def put_file(application, slot, *, arrived_at=WHEN_OPEN, at=None, hides_names=False, name=""):
    """Add a PDF to the draft."""
    given = Accepted(pdf_with_canary(), "application/pdf", name or f"{CANARY}.pdf")
    by = author_of(application)
    times = {"arrived_at": arrived_at, "at": at or arrived_at}
    files.put(application, slot, given, hides_names=hides_names, by=by, **times)
    application.refresh_from_db()


def add_opened_file(submission, *, name="Zeitplan", hides_names=True):
    """Add a PDF to what is open already."""
    application = submission.application
    slot = application.challenge.file_slots.get_or_create(name=name)[0]
    key, content = ChaCha20Poly1305.generate_key(), pdf_with_canary()
    place = files.place(application, slot)
    sealed = ChaCha20Poly1305(key).encrypt(files.NONCE, padded(content), place)
    row = submission.files.create(
        application=application,
        slot=slot,
        sealed=sealed,
        sealed_key=b"x",
        key=key,
        checksum=sha256(sealed).hexdigest(),
        uploaded_at=LONG_AGO,
    )
    facts = {"id": row.pk, "label": name, "checksum": row.checksum, "hides_names": hides_names}
    facts |= {"name": f"{CANARY}.pdf", "type": "application/pdf", "size": len(content)}
    said = submission.content or {}
    submission.content = said | {"files": [*said.get("files", []), facts]}
    submission.save()
    return row


def author_of(application):
    return Membership.objects.owners().filter(organisation=application.organisation)[0].user


def hand_in(application, *, arrived_at=WHEN_OPEN, at=None):
    return submitting.submit(
        application,
        by=author_of(application),
        arrived_at=arrived_at,
        at=at or arrived_at,
        seen=application.version,
    )
