"""The pages of the judging, from the invitation to the letter."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.evaluation import deciding
from challenges.models import Decision, Score
from profiles.models import Mail
from tests.challenges.evaluation.making import (
    AT,
    REASON,
    chair_of,
    first_of,
    judge,
    make_agreed,
    make_closed,
    make_opened,
    make_proposed,
    make_reviewer,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def address(name, challenge, *more):
    return reverse(f"evaluation:{name}", args=[challenge.slug, *more])


def test_from_the_invitation_to_the_locked_sheet(client):
    challenge, guest = make_opened(1000), make_user()
    colleague = make_member(challenge.organisation)
    client.force_login(colleague)
    overview = address("overview", challenge)
    assert overview in client.get(reverse("calls:draft", args=[challenge.pk])).text
    assert "kein Konto" in client.post(overview, {"email": "niemand@test.example"}).text
    client.post(overview, {"email": guest.email})
    assert Mail.objects.get(kind="reviewer_invited").user == guest
    client.post(overview, {"member": colleague.pk})
    assert client.post(overview, {"email": ""}).context["form"].errors
    assert {row.user for row in challenge.panel.reviewers.all()} == {guest, colleague}
    client.force_login(guest)
    assert address("sheet", challenge) in client.get(reverse("evaluation:list")).text
    application = challenge.applications.get()
    name = application.organisation.name
    page = client.get(address("declare", challenge))
    assert name in page.text
    field = f"conflict_{application.pk}"
    assert client.post(address("declare", challenge), {field: ""}).context["form"].errors
    client.post(address("declare", challenge), {field: "no"})
    declaration = application.declarations.get()
    score = reverse("evaluation:score", args=[declaration.pk])
    assert score in client.get(address("sheet", challenge)).text
    page = client.get(score).text
    assert "zeigt freie Plätze" in page
    assert name not in page
    field = challenge.criteria.get(is_price=False).pk
    lazy = client.post(score, {f"points_{field}": 7})
    assert "Bitte begründen Sie die Punkte." in lazy.text
    client.post(score, {f"points_{field}": 7, f"reason_{field}": REASON})
    assert Score.objects.get().points == 7
    client.post(address("lock", challenge))
    assert "lässt sich nicht mehr ändern" in client.get(address("sheet", challenge)).text
    assert client.get(score).status_code == 404


def test_a_conflict_wants_a_note(client):
    challenge = make_opened(1000)
    reviewer = make_reviewer(challenge, declared=False)
    client.force_login(reviewer.user)
    key = challenge.applications.get().pk
    page = client.post(address("declare", challenge), {f"conflict_{key}": "yes"})
    assert "Bitte nennen Sie den Konflikt." in page.text
    client.post(address("declare", challenge), {f"conflict_{key}": "yes", f"note_{key}": "Aktien"})
    assert "Gesperrt" in client.get(address("sheet", challenge)).text


def test_the_chair_sees_what_differs_and_keeps_what_is_agreed(client):
    challenge = make_closed(1000)
    client.force_login(chair_of(challenge))
    application = challenge.applications.get()
    agree = address("agree", challenge, application.pk)
    assert agree in client.get(address("sheet", challenge)).text
    assert "um mehr als 3 auseinander" in client.get(agree).text
    field = challenge.criteria.get(is_price=False).pk
    client.post(agree, {f"points_{field}": 6, f"reason_{field}": REASON})
    assert application.agreed_scores.get().points == 6


def test_from_the_ranking_to_the_letter(client):
    challenge = make_agreed(1000, 2000)
    first, second = make_member(challenge.organisation), make_member(challenge.organisation)
    client.force_login(first)
    page = client.get(address("overview", challenge)).text
    assert "72,00" in page
    assert "Gewicht 80 statt 70" in page
    sent = {"outcome": first_of(challenge).pk, "reason": "Platz 1"}
    client.post(address("propose", challenge), sent)
    assert "andere Person als Sie" in client.get(address("overview", challenge)).text
    decision = Decision.objects.get()
    assert client.post(address("sign", challenge), {"seen": decision.mark}).status_code == 404
    client.force_login(second)
    client.post(address("sign", challenge), {"seen": seen_by(client, challenge)})
    decision = Decision.objects.get()
    assert decision.signed_by == second
    loser = challenge.applications.exclude(pk=decision.winner_id).get()
    client.force_login(make_member(loser.organisation))
    letter = reverse("evaluation:letter", args=[loser.pk])
    assert letter in client.get(loser.get_absolute_url()).text
    page = client.get(letter).text
    assert REASON in page
    assert decision.winner.organisation.name in page


def seen_by(client, challenge) -> str:
    page = client.get(address("overview", challenge)).text
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


def test_the_button_of_an_old_page_does_not_sign_the_proposal_after_it(client):
    decision = make_proposed()
    challenge, by = decision.challenge, decision.proposed_by
    client.force_login(make_member(challenge.organisation))
    seen = seen_by(client, challenge)
    deciding.dismiss(decision, "Zu teuer", by=by, at=AT)
    deciding.propose(challenge, winner=None, reason="Kein Geld", by=by, at=AT)
    for sent in ({"seen": seen}, {}):
        page = client.post(address("sign", challenge), sent, follow=True).text
        assert "steht inzwischen ein anderer Vorschlag" in page
        assert "Kein Geld" in page
    assert not Decision.objects.signed().exists()
    client.post(address("sign", challenge), {"seen": seen_by(client, challenge)})
    assert Decision.objects.signed().exists()


def test_an_award_is_proposed_to_nobody_but_who_was_first_on_the_page(client):
    challenge = make_agreed(1000, 2000)
    client.force_login(make_member(challenge.organisation))
    was_first = first_of(challenge)
    page = client.get(address("propose", challenge)).text
    assert f'value="{was_first.pk}"' in page
    was_first.agreed_scores.update(points=0)
    sent = {"outcome": was_first.pk, "reason": "Platz 1"}
    page = client.post(address("propose", challenge), sent).text
    assert "Die Rangfolge hat sich inzwischen geändert." in page
    assert not Decision.objects.exists()


def test_a_proposal_is_given_back_with_a_reason(client):
    challenge = make_agreed(1000)
    first, second = make_member(challenge.organisation), make_member(challenge.organisation)
    client.force_login(first)
    client.post(address("propose", challenge), {"outcome": "none", "reason": "Kein Geld"})
    client.force_login(second)
    assert client.post(address("dismiss", challenge), {"reason": ""}).context["form"].errors
    client.post(address("dismiss", challenge), {"reason": "Doch"})
    assert not Decision.objects.exists()


def test_who_signs_too_late_for_the_standstill_reads_what_to_do(client):
    decision = make_proposed(standstill_until=AT + timedelta(days=1))
    challenge = decision.challenge
    Decision.objects.update(standstill_until=timezone.now())
    client.force_login(make_member(challenge.organisation))
    sent = {"seen": seen_by(client, challenge)}
    page = client.post(address("sign", challenge), sent, follow=True).text
    assert "Bitte geben Sie den Vorschlag zurück" in page
    client.post(address("dismiss", challenge), {"reason": "Wartefrist"})
    assert address("propose", challenge) in client.get(address("overview", challenge)).text
    assert client.get(address("propose", challenge)).status_code == 200


def test_the_rule_is_published_with_the_challenge(client):
    page = client.get(make_opened().get_absolute_url()).text
    assert "niedrigster Preis ÷ Preis × 10" in page
    assert "Bei Gleichstand entscheidet" in page


@pytest.mark.parametrize("count", [1, 15])
def test_queries_do_not_grow_with_the_applications(client, count, django_assert_max_num_queries):
    challenge = make_opened(*range(1000, 1000 + count))
    reviewer = make_reviewer(challenge)
    judge(reviewer)
    client.force_login(reviewer.user)
    for name in ("overview", "sheet"):
        client.get(address(name, challenge))
        with django_assert_max_num_queries(36):
            client.get(address(name, challenge))
