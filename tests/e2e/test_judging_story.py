"""Two judge without names, their chair agrees with them, and who applied reads why."""

from typing import NamedTuple

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import expect

from challenges.evaluation import deciding
from challenges.models import Challenge
from tests.challenges.evaluation.making import AT, make_agreed, make_opened, make_reviewer
from tests.e2e.barriers import barriers
from tests.e2e.sessions import become, session_of
from tests.factories import make_member, make_user


class Judged(NamedTuple):
    fresh: Challenge
    ranked: Challenge
    reviewer: str  # sessions
    owner: str
    applicant: str


@pytest.fixture(scope="module")
def judged(site, django_db_blocker) -> Judged:
    """A challenge to be judged and one that was, where the server sees them."""

    with django_db_blocker.unblock():
        fresh, ranked = make_opened(1000), make_agreed(1000, 2000)
        owner = make_member(ranked.organisation)
        reviewer = make_reviewer(fresh, declared=False).user
        decision = deciding.propose(ranked, awards=True, reason="Platz 1", by=owner, at=AT)
        deciding.sign(decision, by=make_user(), at=AT)
        loser = ranked.applications.exclude(pk=decision.winner_id).get()
        applicant = make_member(loser.organisation)
        sessions = (session_of(person) for person in (reviewer, owner, applicant))
        found = Judged(fresh, ranked, *sessions)
        connections.close_all()
    return found


def test_from_the_declaration_to_the_letter(site, page, judged):
    become(page, site, judged.reviewer)
    page.goto(f"{site}{reverse('evaluation:sheet', args=[judged.fresh.slug])}")
    page.get_by_role("link", name="Interessenkonflikte erklären").click()
    page.get_by_label("befangen?").select_option("no")
    page.get_by_role("button", name="Erklärung abgeben").click()
    page.get_by_role("link", name="Bewerbung A").click()
    assert barriers(page, "main") == []
    page.get_by_label("Punkte (0 bis 10)").fill("7")
    page.get_by_label("Begründung").fill("Klar beschrieben.")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Bogen abschließen").click()
    expect(page.get_by_text("lässt sich nicht mehr ändern")).to_be_visible()

    become(page, site, judged.owner)
    page.goto(f"{site}{reverse('evaluation:overview', args=[judged.ranked.slug])}")
    assert barriers(page, "main") == []
    expect(page.get_by_role("link", name="als PDF")).to_be_visible()

    become(page, site, judged.applicant)
    page.goto(f"{site}{reverse('applications:list')}")
    page.get_by_role("link", name=judged.ranked.title).click()
    page.get_by_role("link", name="Zur Entscheidung über Ihre Bewerbung").click()
    assert barriers(page, "main") == []
    expect(page.get_by_text("hat den Zuschlag nicht bekommen")).to_be_visible()
