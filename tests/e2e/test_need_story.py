"""A town writes down a need, a provider answers without knowing whose it is, and it ends."""

import pytest
from django.db import connections
from playwright.sync_api import expect

from profiles.models import Organisation
from tests.e2e.barriers import barriers, overflow
from tests.e2e.sessions import become, session_of
from tests.factories import LONG_AGO, make_member

NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def sessions(site, django_db_blocker) -> list[str]:
    """The sessions of an editor of a town and of one of a provider, where the server sees them."""
    keys = []
    with django_db_blocker.unblock():
        Organisation.objects.filter(name="Vellmar").update(verified_at=LONG_AGO)
        for name in ("Vellmar", "Wortkaskade GmbH"):
            keys.append(session_of(make_member(Organisation.objects.get(name=name), "editor")))
        connections.close_all()
    return keys


def test_from_the_first_word_to_the_end(site, page, sessions):
    town, provider = sessions
    become(page, site, town)
    page.goto(f"{site}/bedarfe/neu/")
    page.get_by_label("Worum geht es?").fill("Sperrmüll online anmelden")
    page.reload()  # as after an expired session: what was typed is offered again
    page.get_by_role("button", name="Wieder einsetzen").click()
    page.get_by_label("Was ist das Problem?").fill("Termine werden am Telefon vergeben.")
    page.get_by_role("button", name="Speichern und weiter").click()
    page.get_by_label("öffentlich", exact=True).check()
    assert barriers(page, "main") == []
    page.get_by_role("button", name="Speichern und einstellen").click()
    expect(page.get_by_role("heading", name="Passende Lösungen")).to_be_visible()
    need = page.url

    become(page, site, provider)
    page.goto(need)
    assert "Vellmar" not in page.content()
    page.get_by_role("link", name="Nachricht an die Kommune").click()
    assert barriers(page, "main") == []
    page.get_by_label("Ihre Nachricht").fill("Das können wir.")
    page.get_by_role("button", name="Nachricht senden").click()
    expect(page.get_by_text("Ihre Nachricht ist gesendet.")).to_be_visible()
    assert "Vellmar" not in page.content()

    become(page, site, town)
    page.set_viewport_size(NARROW)
    page.goto(need)
    expect(page.get_by_role("link", name="Wortkaskade GmbH", exact=True)).to_be_visible()
    assert overflow(page) == 0
    page.get_by_role("link", name="Abschließen").click()
    page.get_by_label("kein Angebot gefunden").check()
    page.get_by_label("Erläuterung").fill("Wir lösen es mit dem Landkreis.")
    page.get_by_role("button", name="Bedarf abschließen").click()
    expect(page.get_by_text("Wir lösen es mit dem Landkreis.")).to_be_visible()
