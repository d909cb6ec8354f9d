"""Challenges in public and in writing: lists, addenda, questions nobody can trace, watching."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from challenges.calls.filters import ChallengeFilter
from challenges.calls.lifecycle import Action, State
from challenges.calls.settling import settle_due
from challenges.calls.starting import from_challenge, from_needs, from_template, start, templates
from challenges.calls.steps import STEPS
from challenges.models import Addendum, Challenge, ProviderQuestion
from profiles.models import Mail
from tests.factories import (
    LONG_AGO,
    make_challenge,
    make_member,
    make_need,
    make_organisation,
    make_provider_question,
    make_rules,
    make_running,
    make_topic,
    make_user,
)

SECOND = timedelta(seconds=1)


def make_provider_member():
    provider = make_organisation(kind="provider", verified_at=LONG_AGO, name="Geheim GmbH")
    return make_member(provider)


# Public


@pytest.mark.django_db
@pytest.mark.parametrize("offset", [-SECOND, timedelta(), SECOND])
def test_sql_and_rows_agree_on_the_state_at_each_moment(offset):
    call = make_running(applications_from=timezone.now() + timedelta(hours=1))
    moments = (call.questions_from, call.applications_from, call.applications_until)
    for moment in moments:
        at = moment + offset
        assert Challenge.objects.with_state_at(at).get().state_now == call.state_at(at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["state=applications_open", "open=true", "search=Bauantr", "topic=bauen", "region=DE-HE"],
)
def test_each_filter_narrows(client, query):
    topic = make_topic("bauen")
    wanted = make_running(title="Bauanträge ohne Papier")
    wanted.topics.add(topic)
    at = timezone.now()
    other = {"organisation": make_organisation(verified_at=LONG_AGO), "title": "Anderes"}
    make_running(applications_from=at + timedelta(days=1), **other)
    page = client.get(f"{reverse('calls:list')}?{query}").text
    assert "Bauanträge ohne Papier" in page
    assert "Anderes" not in page
    feed = client.get(f"{reverse('calls:feed')}?{query}").text
    assert "Bauanträge ohne Papier" in feed
    assert "Anderes" not in feed
    found = client.get(f"/api/v1/challenges/?{query}").json()["results"]
    assert [row["title"] for row in found] == ["Bauanträge ohne Papier"]


@pytest.mark.django_db
def test_the_feed_leaves_out_what_no_feed_can_hold(client):
    make_running(title="Bau\x0banträge")
    assert "<title>Bauanträge</title>" in client.get(reverse("calls:feed")).text


@pytest.mark.django_db
def test_drafts_are_in_no_list_feed_or_api(client):
    make_challenge(title="Entwurf bleibt geheim")
    for address in (reverse("calls:list"), reverse("calls:feed"), "/api/v1/challenges/"):
        assert "geheim" not in client.get(address).text
    assert ChallengeFilter({}, queryset=Challenge.objects.public()).qs.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["calls:list", "calls:feed", "api:challenge-list"])
def test_queries_do_not_grow_with_the_rows(client, name, django_assert_max_num_queries):
    make_running()
    client.get(reverse(name))
    with django_assert_max_num_queries(15):
        client.get(reverse(name))
    for _ in range(14):
        make_running()
    with django_assert_max_num_queries(15):
        client.get(reverse(name))


@pytest.mark.django_db
def test_the_page_describes_itself_to_search_engines(client):
    call = make_running(budget_eur=9000)
    page = client.get(call.get_absolute_url()).text
    data = page.partition('ld+json">')[2].partition("</script>")[0]
    assert json.loads(data)["priceSpecification"]["maxPrice"] == 9000


@pytest.mark.django_db
def test_the_page_names_who_has_released_a_need_under_its_name_and_nobody_else(client):
    def need_of(name, **fields):
        verified_at = fields.pop("verified_at", LONG_AGO)
        town = make_organisation(kind="municipality", name=name, verified_at=verified_at)
        return make_need(organisation=town, **{"visibility": "public", "is_named": True} | fields)

    call = make_running()
    call.needs.set(
        [
            need_of("Stadt Offen"),
            need_of("Stadt Offen-Ende", state="withdrawn", ended_at=LONG_AGO),
            need_of("Stadt Anonym", is_named=False),
            need_of("Stadt Privat", visibility="private"),
            need_of("Stadt Entwurf", state="draft", released_at=None),
            need_of("Stadt Verworfen", state="withdrawn", ended_at=LONG_AGO, released_at=None),
            need_of("Stadt Ungeprüft", verified_at=None),
        ]
    )
    page = client.get(call.get_absolute_url())
    assert [str(town) for town in page.context["named_needs"]] == [
        "Stadt Offen",
        "Stadt Offen-Ende",
    ]
    assert "7, darunter von Stadt Offen, Stadt Offen-Ende</dd>" in page.text


@pytest.mark.django_db
def test_the_calendar_keeps_its_identities_and_the_time_of_berlin(client):
    call = make_running()
    address = reverse("calls:ics", args=[call.slug])

    def events():
        return {
            str(event["uid"]): event
            for event in Calendar.from_ical(client.get(address).content).walk("VEVENT")
        }

    before = events()
    later = call.applications_until + timedelta(days=7)
    by = make_member(call.organisation)
    at = timezone.now()
    Addendum.objects.add(call, "Mehr Zeit", by=by, at=at, applications_until=later)
    after = events()
    assert before.keys() == after.keys()
    (uid,) = [uid for uid in after if "applications_until" in uid]
    assert after[uid].decoded("dtstart").replace(microsecond=0) == later.replace(microsecond=0)
    assert after[uid]["dtstart"].params["TZID"] == "Europe/Berlin"
    assert after[uid]["sequence"] > before[uid]["sequence"]


# After publication


@pytest.mark.django_db
def test_an_addendum_is_seen_mailed_and_never_changed(client):
    call = make_running()
    watcher = make_user()
    client.force_login(watcher)
    client.post(reverse("calls:watch", args=[call.slug]))
    client.post(reverse("calls:watch", args=[call.slug]))
    assert call.watches.count() == 1
    client.force_login(make_member(call.organisation))
    client.post(reverse("calls:addendum", args=[call.pk]), {"text": "Testdaten liegen bereit."})
    assert Mail.objects.get(kind="challenge_changed").user == watcher
    assert "Testdaten liegen bereit." in client.get(call.get_absolute_url()).text
    with pytest.raises(IntegrityError, match="only grows"):
        Addendum.objects.update(text="anders")


@pytest.mark.django_db
def test_a_deadline_only_moves_to_a_later_moment_while_it_runs():
    call = make_running()
    by, until = make_member(call.organisation), call.applications_until
    for at, new in ((timezone.now(), until), (until + SECOND, until + timedelta(days=9))):
        with pytest.raises(ValidationError):
            Addendum.objects.add(call, "Neu", by=by, at=at, applications_until=new)
    call.refresh_from_db()
    assert call.applications_until == until


@pytest.mark.django_db
def test_questions_end_with_their_last_second():
    call, member = make_running(), make_provider_member()
    provider = member.organisations.get()

    def ask(at):
        return ProviderQuestion.objects.ask(call, "Wie?", organisation=provider, by=member, at=at)

    assert ask(call.questions_until)
    with pytest.raises(ValidationError):
        ask(call.questions_until + timedelta(microseconds=1))


@pytest.mark.django_db
def test_nobody_learns_who_asked(client):
    call, author = make_running(), make_provider_member()
    issuer, watcher = make_member(call.organisation), make_user()
    call.watches.create(user=watcher, since=LONG_AGO)
    client.force_login(author)
    client.post(reverse("calls:ask", args=[call.slug]), {"text": "Gibt es Testdaten?"})
    question = ProviderQuestion.objects.get()
    seen = []
    client.force_login(issuer)
    seen.append(client.get(reverse("calls:answers", args=[call.slug])).text)
    address = reverse("calls:answer", args=[call.slug, question.pk])
    seen.append(client.get(address).text)
    client.post(address, {"wording": "Gibt es Daten?", "answer": "Ja, ab Montag."})
    client.logout()
    assert "ab Montag" not in client.get(call.get_absolute_url()).text
    client.force_login(issuer)
    client.post(reverse("calls:answers_publish", args=[call.slug]))
    client.force_login(make_user(is_staff=True, is_superuser=True))
    pages = [
        call.get_absolute_url(),
        reverse("api:challenge-detail", args=[call.slug]),
        reverse("calls:feed"),
    ]
    seen += [client.get(page).text for page in pages]
    seen += [json.dumps(mail.context) for mail in Mail.objects.all()]
    assert "ab Montag" in seen[2]
    assert "ab Montag" in seen[3]
    for text in seen:
        assert "Geheim" not in text
        assert author.email not in text
    assert set(Mail.objects.values_list("kind", flat=True)) == {
        "challenge_question",
        "challenge_answered",
    }
    client.force_login(issuer)
    assert client.get(address).status_code == 404
    with pytest.raises(IntegrityError, match="stays as it is"):
        ProviderQuestion.objects.update(answer="Nein")


@pytest.mark.django_db
def test_a_question_not_answered_yet_is_seen_by_its_author_only(client):
    call, author = make_running(), make_provider_member()
    make_provider_question(
        call, organisation=author.organisations.get(), by=author, text="Wo liegt es?"
    )
    assert "Wo liegt es?" not in client.get(call.get_absolute_url()).text
    client.force_login(author)
    assert "Wo liegt es?" in client.get(call.get_absolute_url()).text


@pytest.mark.django_db
def test_what_is_due_is_written_down_once():
    call = make_running()
    at = call.applications_until + SECOND
    assert settle_due(at=at) == 1
    assert settle_due(at=at) == 0
    call.refresh_from_db()
    assert call.state == State.EVALUATION


# Writing


@pytest.fixture
def rules(db):
    make_rules()


def writer(client):
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    person = make_member(town, "editor")
    client.force_login(person)
    return town, person


def test_each_template_makes_a_draft_with_weights_of_100(rules):
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    for row in templates():
        draft = start(row["key"], town, from_template(row["key"]), at=LONG_AGO)
        assert sum(draft.criteria.values_list("weight", flat=True)) == 100
        assert bool(draft.procedure) == bool(draft.procedure_facts)


@pytest.mark.django_db
def test_a_copy_takes_the_content_and_leaves_the_dates():
    source = make_running(goals=[{"goal": "Schneller", "measure": "Tage"}])
    copy = start("Noch einmal", source.organisation, from_challenge(source), at=LONG_AGO)
    assert copy.goals == source.goals
    assert (copy.applications_until, copy.procedure, copy.state) == (None, "", State.DRAFT)
    assert copy.criteria.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["gibt-es-nicht", "\0"])
def test_what_nobody_can_copy_is_not_offered(client, slug):
    writer(client)
    page = client.get(reverse("calls:new"), {"copy": slug})
    assert page.status_code == 200
    assert "copy:" not in page.text


@pytest.mark.django_db
def test_pooled_needs_ask_for_what_all_of_them_can_accept():
    topics = [make_topic(), make_topic()]
    needs = [
        make_need(topics=topics[:1], max_budget_eur=900, hosting=["germany", "eu"]),
        make_need(topics=topics[1:], max_budget_eur=500, hosting=["germany"]),
    ]
    given = from_needs(needs)
    assert (given["max_budget_eur"], given["hosting"]) == (500, ["germany"])
    assert set(given["topics"]) == set(topics)


def test_a_draft_begins_from_a_need_and_every_step_opens(client, rules):
    town, _person = writer(client)
    need = make_need(organisation=town, title="Bauakten digital")
    address = f"{reverse('calls:new')}?need={need.pk}"
    assert "Bauakten digital" in client.get(address).text
    client.post(address, {"title": "Bauakten", "organisation": town.slug, "source": ""})
    draft = Challenge.objects.get()
    assert list(draft.needs.all()) == [need]
    for step in STEPS:
        response = client.get(reverse("calls:step", args=[draft.pk, step.slug]))
        assert response.status_code == 200


def test_the_chosen_procedure_keeps_its_facts(client, rules):
    town, _person = writer(client)
    draft = make_challenge(organisation=town, budget_eur=9000)
    address = reverse("calls:step", args=[draft.pk, "vergabeweg"])
    client.post(address, {"version": draft.version, "procedure": "direktauftrag"})
    draft.refresh_from_db()
    assert draft.procedure_facts["rule"]["limit_eur"] == 10_000
    assert "Vergabe unter der EU-Schwelle" in client.get(draft.get_absolute_url()).text


@pytest.mark.django_db
def test_criteria_are_kept_with_gaps_and_the_sum_is_told(client):
    town, _person = writer(client)
    draft = make_challenge(organisation=town)
    rows = {"criteria-TOTAL_FORMS": 2, "criteria-INITIAL_FORMS": 0, "version": draft.version}
    rows |= {"criteria-0-label": "Eignung", "criteria-0-weight": 60, "criteria-0-points_10": "top"}
    client.post(reverse("calls:step", args=[draft.pk, "bewertung"]), rows)
    assert draft.criteria.get().points == {"10": "top"}
    page = client.get(reverse("calls:draft", args=[draft.pk])).text
    assert "ergeben zusammen 60 statt 100" in page
    assert f"{reverse('calls:step', args=[draft.pk, 'bewertung'])}#criteria" in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["description", "points_5", "is_price"])
def test_a_criterion_without_label_and_weight_is_told_and_nothing_typed_is_lost(client, name):
    town, _person = writer(client)
    draft = make_challenge(organisation=town)
    rows = {"criteria-TOTAL_FORMS": 1, "criteria-INITIAL_FORMS": 0, "version": draft.version}
    rows |= {f"criteria-0-{name}": "on"}
    page = client.post(reverse("calls:step", args=[draft.pk, "bewertung"]), rows)
    errors = page.context["page"].rows.errors[0]
    assert set(errors) == {"label", "weight"}
    assert draft.criteria.count() == 2


@pytest.mark.django_db
def test_a_weight_that_is_no_number_is_told(client):
    town, _person = writer(client)
    draft = make_challenge(organisation=town)
    rows = {"criteria-TOTAL_FORMS": 1, "criteria-INITIAL_FORMS": 0, "version": draft.version}
    rows |= {"criteria-0-label": "Eignung", "criteria-0-weight": "5²"}
    page = client.post(reverse("calls:step", args=[draft.pk, "bewertung"]), rows)
    assert page.context["page"].rows.errors[0]["weight"]


@pytest.mark.django_db
def test_deadlines_out_of_order_are_told_and_nothing_typed_is_lost(client):
    town, _person = writer(client)
    draft = make_challenge(organisation=town)
    sent = {"version": draft.version}
    for name, day in (("applications_from", "2027-03-02"), ("applications_until", "2027-03-01")):
        sent |= {f"{name}_0": day, f"{name}_1": "12:00"}
    page = client.post(reverse("calls:step", args=[draft.pk, "fristen"]), sent).text
    assert "folgen aufeinander" in page
    assert 'value="2027-03-02"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["08:59", "09:00"])
def test_questions_that_end_before_they_begin_are_told_at_the_field(client, end):
    town, _person = writer(client)
    draft = make_challenge(organisation=town)
    sent = {"version": draft.version}
    for name, time in (("questions_from", "09:00"), ("questions_until", end)):
        sent |= {f"{name}_0": "2027-03-01", f"{name}_1": time}
    page = client.post(reverse("calls:step", args=[draft.pk, "fristen"]), sent)
    told = page.context["page"].form.errors
    assert told == {"questions_until": ["Fragen enden später, als sie beginnen."]}


@pytest.mark.django_db
def test_the_second_of_two_editors_is_told_and_loses_nothing(client):
    town, _person = writer(client)
    draft = make_challenge(organisation=town)
    address = reverse("calls:step", args=[draft.pk, "kontakt"])
    client.post(address, {"version": draft.version, "contact": "Frau Eins"})
    late = client.post(address, {"version": draft.version, "contact": "Herr Zwei"})
    assert late.status_code == 409
    assert "Frau Eins" in late.text
    assert 'value="Herr Zwei"' in late.text
    draft.refresh_from_db()
    assert draft.contact == "Frau Eins"
    client.post(address, {"version": draft.version, "contact": "Herr Zwei"})
    draft.refresh_from_db()
    assert draft.contact == "Herr Zwei"


@pytest.mark.django_db
def test_from_submission_to_the_public_by_a_second_person(client):
    town, author = writer(client)
    chief = make_member(town)
    draft = make_challenge(organisation=town)
    client.post(reverse("calls:submit", args=[draft.pk]))
    assert Mail.objects.filter(kind="challenge_review", user=chief).exists()
    own = client.post(reverse("calls:publish", args=[draft.pk]), follow=True)
    assert "andere Person" in own.text
    client.force_login(chief)
    client.post(reverse("calls:give_back", args=[draft.pk]), {"reason": "Bitte kürzer."})
    assert Mail.objects.get(kind="challenge_returned").user == author
    client.force_login(author)
    client.post(reverse("calls:submit", args=[draft.pk]))
    client.force_login(chief)
    client.post(reverse("calls:publish", args=[draft.pk]))
    client.post(reverse("calls:cancel", args=[draft.pk]), {"reason": "Kein Geld."})
    client.logout()
    assert "Kein Geld." in client.get(draft.get_absolute_url()).text
    assert draft.log.filter(action=Action.CANCEL).exists()
