"""What was saved is not offered again, though its page comes back."""

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import expect

from tests.e2e.sessions import become, session_of
from tests.factories import make_challenge, make_draft, make_member, make_writer


@pytest.fixture(scope="module")
def steps(site, django_db_blocker) -> list[tuple[str, str, str]]:
    """Return for each page with rows who writes it, its address and the button."""
    with django_db_blocker.unblock():
        call, draft = make_challenge(key_holders=0), make_draft(data={})
        author, writer = make_member(call.organisation), make_writer(draft.provider)
        ways = [(author, reverse("calls:step", args=[call.pk, "ziele"]), "weitere Zeilen")]
        address = reverse("keeping:step", args=[draft.pk, "technik"])
        ways.append((writer, address, "weiteren Standard angeben"))
        found = [(session_of(who), address, button) for who, address, button in ways]
        connections.close_all()
    return found


def test_a_saved_row_is_not_offered_again(site, page, steps):
    for session, address, button in steps:
        become(page, site, session)
        page.goto(f"{site}{address}")
        if "ziele" in address:
            page.locator("fieldset.call-row").last.locator("input[type=text]").first.fill("Weniger")
        else:
            page.locator("[name=claims-0-standard]").select_option(index=1)
        page.reload()
        page.get_by_role("button", name="Wieder einsetzen").click()
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text("Gespeichert.")).to_be_visible()
        expect(page.get_by_text("nicht gespeichert ist")).to_have_count(0)
