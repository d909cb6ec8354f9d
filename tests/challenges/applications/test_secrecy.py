"""Until the deadline no role reads what was handed in, by whatever address, nor in the database.

One application that holds a canary is written and handed in through the pages. Then every GET
address of the project is opened, with the keys of everything that there is, by one person who has
every role except that of an applicant, and so is shown what any of them is. Every row of every
table is searched for the canary, as text and within bytes.
"""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseNotFound
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from django.utils import timezone

from challenges.models import Application, SealedFile, Submission
from marketplace import urls
from tests.challenges.applications.making import CANARY, holders_of, make_running, pdf_with_canary
from tests.factories import make_agency, make_member, make_organisation, make_provider

KEY, SLUG = 424242, "versiegelt"
NO_ID = "01234567-89ab-4cde-8f01-23456789abcd"
ENDS_THE_SESSION = {"account_logout", "session_end", "admin:logout"}
EMPTY_FORMS = ("_add", "_delete")  # of the admin: they show what its lists and pages show, or less


def begin_all_keys_at(key: int) -> None:
    """Give the first new row of each table the same key, so that one walk meets all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences")
        for (name,) in cursor.fetchall():
            cursor.execute("SELECT setval(%s::regclass, %s)", [name, key - 1])


def patterns(resolver: URLResolver, namespace: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}", entry.pattern
        elif isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)


def value_for(name: str, converter: object) -> object:
    match converter:
        case IntConverter():
            return KEY
        case UUIDConverter():
            return NO_ID
        case SlugConverter():
            return SLUG
    if name == "format":
        return "json"
    return SLUG if "slug" in name else str(KEY)


def addresses() -> dict[str, str]:
    found = {}
    for name, pattern in patterns(get_resolver()):
        wanted = pattern.converters or dict.fromkeys(pattern.regex.groupindex)
        kwargs = {key: value_for(key, converter) for key, converter in wanted.items()}
        if name == "applications:receipt":
            kwargs["number"] = 1
        try:
            found[name] = reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    left_out = {name for name in found if name.startswith("admin:") and name.endswith(EMPTY_FORMS)}
    left_out |= ENDS_THE_SESSION
    return {name: path for name, path in found.items() if name not in left_out}


def dump() -> dict[str, str]:
    """Each table as text; bytes stand there as hexadecimal digits."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        tables = {}
        for name in names:
            cursor.execute(f'SELECT string_agg(row::text, chr(10)) FROM "{name}" AS row')  # noqa: S608
            tables[name] = (cursor.fetchone()[0] or "").lower()
    return tables


def told() -> list[str]:
    """Return where it stands, in the database and in the folder for uploads."""
    signs = (CANARY.lower(), CANARY.encode().hex())
    tables = [name for name, text in dump().items() if any(sign in text for sign in signs)]
    kept = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return tables + [str(path) for path in kept if CANARY.encode() in path.read_bytes()]


@pytest.fixture
def sealed(db, client, caplog):
    """An application, written and handed in as its author does it."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "django.template")  # tells each missing variable, slowly
    begin_all_keys_at(KEY)
    applicant = make_provider().organisation
    author = make_member(applicant)
    now = timezone.now()
    issuer = make_organisation(kind="municipality", slug=SLUG, verified_at=now)
    begin, end = now - timedelta(days=1), now + timedelta(days=1)
    challenge = make_running(slug=SLUG, organisation=issuer, start=begin, end=end)
    challenge.file_slots.create(name="Zeitplan")
    client.force_login(author)
    client.post(reverse("applications:new", args=[SLUG]))
    application = Application.objects.get()
    question, position = challenge.form_questions.get(), challenge.price_positions.get()
    data = {f"answer_{question.pk}": CANARY, f"price_{position.pk}": "4711,00"}
    edit = reverse("applications:edit", args=[application.pk])
    client.post(edit, data | {"version": application.version})
    add = reverse("applications:file_add", args=[application.pk, KEY])
    upload = SimpleUploadedFile(f"{CANARY}.pdf", pdf_with_canary(), content_type=CANARY)
    assert client.post(add, {"file": upload}).status_code == 302
    assert CANARY in client.get(application.get_absolute_url()).text  # the name of the file
    assert CANARY in client.get(edit).text  # so that the test below can find it at all
    assert not told()
    application.refresh_from_db()
    submit = reverse("applications:submit", args=[application.pk])
    client.post(submit, {"version": application.version})
    assert Submission.objects.get().pk == application.pk == KEY
    assert SealedFile.objects.get().pk == KEY
    return challenge


@pytest.mark.filterwarnings("ignore::django.utils.deprecation.RemovedInDjango60Warning")
def test_nobody_reads_it_before_the_deadline(sealed, client, caplog, monkeypatch):
    every = addresses()
    assert len(every) > 200
    assert told() == []
    # one page says for all addresses that there is nothing; it is shown once
    assert not tells(client, "/nirgendwo/")
    plain = HttpResponseNotFound
    monkeypatch.setattr(urls, "handler404", lambda request, exception: plain(), raising=False)
    client.force_login(everybody(sealed))
    read = [name for name, path in every.items() if tells(client, path)]
    client.logout()
    near = {name for name in every if name.startswith(("applications:", "calls:", "api:"))}
    read += [f"{name}, anonymous" for name in near if tells(client, every[name])]
    assert read == []
    assert CANARY not in caplog.text


def everybody(challenge):
    """A key holder of the challenge who is admin too, checks others, and is a competitor."""
    person = holders_of(challenge)[0]
    person.is_staff = person.is_superuser = True
    person.save()
    for organisation in (make_agency(), make_provider().organisation):
        organisation.memberships.create(user=person, role="owner")
    return person


def tells(client, path: str) -> bool:
    response = client.get(path)
    said = b"".join(response) if response.streaming else response.content
    return CANARY.encode() in said
