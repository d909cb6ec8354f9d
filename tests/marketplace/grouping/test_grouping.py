"""Statements are grouped by meaning, with the real model; people have the last word."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.models import FieldOfAction, Need, NeedsSurvey, ProviderInvitation
from challenges.surveys.acting.telling import tell
from challenges.surveys.submitting import submit
from marketplace.fields.coverage import coverage
from marketplace.grouping.fields import make_field
from marketplace.grouping.models import NeedGroup, Proposal, Statement
from marketplace.grouping.proposing import propose
from marketplace.matching import matches, vectors
from profiles.models import Mail, Topic
from tests.challenges.results.making import ask, make_closed_survey, respond
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_member,
    make_provider,
    make_solution,
    make_topic,
    make_user,
    make_writer,
)

pytestmark = pytest.mark.django_db
TEXTS = (
    "Freie Parkplätze sollen auf dem Handy angezeigt werden.",
    "Wir suchen Sensoren, die freie Stellplätze im Zentrum melden.",
    "Ein Chatbot soll Fragen der Bürgerinnen zu jeder Uhrzeit beantworten.",
    "Automatische Antworten auf häufige Fragen per Chat und Telefon.",
)


def make_topics() -> None:
    parent = make_topic()
    for name in ("Parken und Verkehr", "Chatbot und Auskunft", "Kita", "Bauantrag", "E-Akte"):
        Topic.objects.create(
            key=name.lower()[:9].replace(" ", "_"), name_de=name, name_en=name, parent=parent
        )


@pytest.fixture
def survey():
    survey = make_closed_survey(make_agency())
    ask(survey, "bedarf", "free_text")
    for text in TEXTS:
        respond(survey, {"bedarf": text})
    return survey


@pytest.fixture
def parking(survey) -> NeedGroup:
    group = NeedGroup.objects.add(survey, "Parken")
    Statement.objects.collect(survey.questions.get())
    Statement.objects.order_by("pk")[:2]
    keys = list(Statement.objects.order_by("pk").values_list("pk", flat=True))[:2]
    Statement.objects.move(keys, group)
    return group


def proposed(survey) -> list[tuple[str, list[str]]]:
    proposal, _new = Proposal.objects.update_or_create(
        survey=survey, defaults={"question": survey.questions.get(), "asked_at": LONG_AGO}
    )
    propose(proposal, at=timezone.now())
    groups = NeedGroup.objects.filter(survey=survey).for_page()
    return [
        (group.title, sorted(row.text for row in group.statements.for_rows())) for group in groups
    ]


def test_a_need_out_of_a_text_stays_when_its_answers_are_handed_in_again(parking):
    make_field(parking, at=timezone.now())
    need = Need.objects.first()
    NeedsSurvey.objects.update(closes_at=timezone.now() + timedelta(days=1))
    need.response.reopen()
    assert submit(need.response, department="", by=None, at=timezone.now())
    need.refresh_from_db()
    assert (need.state, need.version) == ("open", 1)


def test_the_same_texts_give_the_same_groups_with_a_fitting_topic(survey):
    make_topics()
    first = proposed(survey)
    assert dict(first) == {
        "Parken und Verkehr": sorted(TEXTS[:2]),
        "Chatbot und Auskunft": sorted(TEXTS[2:]),
    }
    assert proposed(survey) == first
    NeedGroup.objects.all().delete()
    assert proposed(survey) == first


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen while the texts are embedded, which takes its time."""

    def happen(deed) -> None:
        embedded = vectors.embedded

        def slowly(texts):
            monkeypatch.setattr(vectors, "embedded", embedded)
            deed()
            return embedded(texts)

        monkeypatch.setattr(vectors, "embedded", slowly)

    return happen


def test_what_a_person_has_moved_meanwhile_stays_there(survey, meanwhile):
    make_topics()
    moved = {TEXTS[0], TEXTS[2], TEXTS[3]}

    def move() -> None:
        own = NeedGroup.objects.add(survey, "Von Hand")
        rows = Statement.objects.all()
        Statement.objects.move([row.pk for row in rows if row.text in moved], own)

    meanwhile(move)
    assert proposed(survey) == [("Von Hand", sorted(moved))]


def test_a_second_worker_makes_no_second_groups(survey, meanwhile):
    make_topics()
    meanwhile(lambda: proposed(survey))
    assert len(proposed(survey)) == 2
    assert NeedGroup.objects.count() == 2


def test_groups_are_split_merged_and_put_in_order(client, survey, parking):
    client.force_login(make_member(survey.organisation))
    moved = parking.statements.first()
    data = {"statement": [moved.pk], "target": "new"}
    client.post(reverse("grouping:move", args=[survey.slug]), data)
    new = NeedGroup.objects.exclude(pk=parking.pk).get()
    assert list(new.statements.all()) == [moved]
    client.post(reverse("grouping:shift", args=[new.pk]), {"to": "up"})
    assert list(NeedGroup.objects.order_by("position")) == [new, parking]
    client.post(reverse("grouping:merge", args=[parking.pk]), {"other": new.pk})
    assert parking.statements.count() == 2
    assert not NeedGroup.objects.filter(pk=new.pk).exists()


def test_a_text_becomes_a_private_need_of_its_municipality_once(parking):
    field = make_field(parking, at=LONG_AGO)
    assert make_field(parking, at=LONG_AGO) is None
    needs = Need.objects.filter(fields_of_action=field)
    assert {need.visibility for need in needs} == {Need.Visibility.PRIVATE}
    assert {need.problem for need in needs} == set(TEXTS[:2])
    assert not Need.objects.released().exists()


@pytest.fixture
def field(parking) -> FieldOfAction:
    field = make_field(parking, at=LONG_AGO)
    field.topic = make_topic()
    field.save()
    return field


def offered(field: FieldOfAction, count: int) -> list:
    found = [make_solution(topics=[field.topic]) for _ in range(count)]
    matches.recompute(list(field.needs.values_list("pk", flat=True)), at=timezone.now())
    return found


def test_coverage_counts_needs_with_three_fitting_solutions(field):
    make_solution(topics=[make_topic()])
    offered(field, 2)
    assert coverage(field).enough == 0
    offered(field, 1)
    assert coverage(field).enough == 2
    assert len(coverage(field).candidates) == 3


def test_a_provider_is_invited_once_and_answers_once(client, field):
    provider = offered(field, 1)[0].provider
    writer = make_writer(provider)
    client.force_login(make_member(field.survey.organisation))
    address = reverse("fields:invite", args=[field.pk])
    data = {"providers": [provider.pk], "message": "Können Sie helfen?"}
    client.post(address, data)
    assert client.post(address, data).status_code == 200  # a second click: nobody left to choose
    invitation = ProviderInvitation.objects.get()
    assert Mail.objects.filter(kind="field_invitation", user=writer).count() == 1
    assert invitation.state == "eingeladen"
    client.force_login(writer)
    client.get(invitation.get_absolute_url())
    invitation.refresh_from_db()
    assert invitation.state == "geöffnet"
    refused = client.post(invitation.get_absolute_url(), {"answer": "declined"})
    assert "Bitte nennen Sie den Grund der Absage." in refused.content.decode()
    client.post(invitation.get_absolute_url(), {"answer": "declined", "reason": "Zu weit."})
    client.post(invitation.get_absolute_url(), {"answer": "interested"})
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.reason) == ("declined", "Zu weit.")


def test_inviting_twice_at_once_leaves_one_invitation(field):
    provider, person = make_provider(), make_user()
    invite = ProviderInvitation.objects.invite
    assert invite(field, [provider], message="Bitte!", by=person, at=LONG_AGO) == 1
    assert invite(field, [provider], message="Bitte!", by=person, at=LONG_AGO) == 0


def test_respondents_hear_once_what_came_of_it(client, field):
    client.force_login(make_member(field.survey.organisation))
    address = reverse("fields:outcome", args=[field.pk])
    client.post(address, {"outcome": "Drei Anbieter kommen."})
    client.post(address, {"outcome": "Doch nicht."})
    field.refresh_from_db()
    tell(field, at=timezone.now())
    tell(field, at=timezone.now())
    assert field.outcome == "Drei Anbieter kommen."
    assert Mail.objects.filter(kind="field_outcome").count() == 2


def test_the_page_of_a_field_takes_no_more_queries_for_more_needs(
    client, survey, field, django_assert_max_num_queries
):
    for number in range(15):
        response = respond(survey, {"bedarf": f"Text {number}"})
        statement = Statement.objects.create(answer=response.answers.get())
        field.needs.add(make_need_of(statement))
    client.force_login(make_member(field.survey.organisation))
    with django_assert_max_num_queries(40):
        text = client.get(reverse("fields:field", args=[field.pk])).content.decode()
    assert "17 Bedarfe" in text


def make_need_of(statement: Statement) -> Need:
    from marketplace.grouping.fields import need_of

    return need_of(statement, at=LONG_AGO)
