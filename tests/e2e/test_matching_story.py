"""From a need to its hits, hiding one and taking it back, to the mail about a new one."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from challenges.models import Need
from marketplace.alerts.models import Rhythm
from marketplace.alerts.telling import tell
from marketplace.matching import updating
from profiles.models import Solution, User
from tests.e2e.barriers import barriers
from tests.e2e.sessions import session_of
from tests.mailbox import letters


@pytest.fixture(scope="module")
def provider_session(site, django_db_blocker) -> str:
    with django_db_blocker.unblock():
        return session_of(User.objects.get(email="anbieter@demo.example"))


@pytest.fixture(scope="module")
def town(site, django_db_blocker):
    """An owner of a demo municipality with an open need that is matched."""
    with django_db_blocker.unblock():
        updating.work_off(at=timezone.now())
        user = User.objects.get(email="kommune@demo.example")
        need = Need.objects.open().editable_by(user).filter(matches__violations=[]).first()
        Need.objects.filter(pk=need.pk).update(owner=user, visibility="public")
        Rhythm.objects.create(user=user, frequency="instantly")
        updating.work_off(at=timezone.now())
        yield user, need, session_of(user)


def offer_the_like_of(solution: Solution, *, title: str) -> None:
    topics, regions, claims = solution.topics.all(), solution.regions.all(), solution.claims.all()
    parts = [list(topics), list(regions), list(claims)]
    solution.pk, solution.slug, solution.title, solution._state.adding = None, "neu", title, True
    solution.save()
    solution.topics.set(parts[0])
    solution.regions.set(parts[1])
    for claim in parts[2]:
        claim.pk, claim.solution, claim._state.adding = None, solution, True
        claim.save()


def test_from_the_hits_to_the_mail(site, page, town):
    user, need, session = town
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.goto(f"{site}{need.get_absolute_url()}")
    page.get_by_role("link", name="Treffer mit Begründung ansehen").click()
    hits = page.locator("#matches > article")
    first = hits.first.get_by_role("heading").inner_text()
    expect(hits.first.locator(".match-hit__reasons li").first).to_be_visible()
    hits.first.get_by_role("link", name="Passt nicht, weil").click()
    assert barriers(page) == []
    page.get_by_label("Warum passt die Lösung nicht?").select_option("price")
    page.get_by_role("button", name="Treffer ausblenden").click()
    expect(hits.first.get_by_role("heading")).not_to_have_text(first)
    page.get_by_text("1 ausgeblendeter Treffer").click()
    assert barriers(page, "main") == []
    page.get_by_role("button", name="Wieder zeigen").click()
    expect(hits.first.get_by_role("heading")).to_have_text(first)

    page.goto(f"{site}/benachrichtigungen/")
    expect(page.get_by_role("link", name=need.title)).to_be_visible()
    assert barriers(page, "main") == []
    page.goto(f"{site}/loesungen/?phase=P4")
    page.get_by_role("link", name="Suche merken").click()
    assert barriers(page, "main") == []
    page.get_by_role("button", name="Merken und benachrichtigt werden").click()
    expect(page.get_by_text("Neue Lösungen zu dieser Suche")).to_be_visible()

    offer_the_like_of(Solution.objects.get(title=first), title=f"{first} Zwei")
    updating.work_off(at=timezone.now())
    tell(user, at=timezone.now() + timedelta(minutes=1))
    assert f"{first} Zwei" in letters()[-1].body


@pytest.mark.parametrize("path", ["marktluecken/", "bedarfe/{}/gemeinsam/"])
def test_axe_finds_nothing_on_what_everybody_sees(site, page, town, path):
    _user, need, _session = town
    assert page.goto(f"{site}/{path.format(need.pk)}").ok
    assert barriers(page, "main") == []


def test_axe_finds_nothing_where_a_provider_asks_why(site, page, town, provider_session):
    _user, need, _session = town
    page.context.add_cookies([{"name": "sessionid", "value": provider_session, "url": site}])
    page.goto(f"{site}/bedarfe/{need.pk}/unsere-loesungen/")
    assert barriers(page, "main") == []
    page.locator("main .org-list a").first.click()
    expect(page.get_by_role("heading", name="Teil für Teil")).to_be_visible()
    assert barriers(page, "main") == []
    page.get_by_role("link", name="Unsere Lösungen bearbeiten").click()
    page.locator("main").get_by_role("link", name="Passende Bedarfe").click()
    assert barriers(page, "main") == []
