"""What the asking agency sees, and what everybody else does."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from challenges.calls.starting import from_field
from challenges.calls.steps import STEPS
from challenges.models import Challenge, Need, NeedsSurvey, Response
from challenges.surveys.protection import LEAST
from challenges.surveys.results.groups import By, Groups
from challenges.surveys.results.overview import choices
from challenges.surveys.results.publishing import publish
from challenges.surveys.results.rate import rates
from tests.challenges.results.making import (
    CLOSED,
    ask,
    make_closed_survey,
    make_size_classes,
    respond,
)
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_member,
    make_municipality,
    make_need,
    make_provider,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    make_size_classes()
    survey = make_closed_survey(make_agency())
    ask(survey, "wichtig", "priority_matrix")
    ask(survey, "rang", "ranking", limits={"ranks": 2})
    ask(survey, "wahl", "single_choice")
    ask(survey, "stellen", "number", limits={"unit": "Stellen"})
    ask(survey, "text", "free_text")
    return survey


def answers(number: int = 1) -> dict[str, object]:
    return {
        "wichtig": {"a": 5, "b": 1 + number % 3},
        "rang": ["a", "b"],
        "wahl": "a" if number % 2 else "b",
        "stellen": number,
        "text": f"=SUMME(A1:A{number})",
    }


def page(client, survey: NeedsSurvey, query: str = "") -> str:
    client.force_login(make_member(survey.organisation, "viewer"))
    return client.get(reverse("surveys:results", args=[survey.slug]) + query).content.decode()


def test_the_rate_counts_invited_started_submitted_and_the_rest(survey):
    respond(survey, answers())
    begun = respond(survey, {})
    begun.reopen()
    survey.respondents.create(municipality=make_municipality(population=100), invited_at=LONG_AGO)
    *groups, total = rates(survey, "size")
    assert [(row.invited, row.started, row.submitted) for row in groups] == [(1, 0, 0), (2, 2, 1)]
    assert (total.invited, total.remaining, total.percent) == (3, 2, 33)


def test_the_agency_sees_every_answer_and_can_narrow_to_a_group(client, survey):
    respond(survey, answers(1), population=1_000)
    respond(survey, answers(2), population=30_000)
    assert "2 abgeschickte Antwortbögen" in page(client, survey)
    narrowed = page(client, survey, "?group=size:0_4999")
    assert "1 abgeschickter Antwortbogen" in narrowed
    assert "=SUMME(A1:A1)" in narrowed
    assert "=SUMME(A1:A2)" not in narrowed


def test_figures_are_compared_with_the_survey_that_was_copied(client, survey):
    respond(survey, answers(1))
    later = make_closed_survey(survey.organisation, copy_of=survey)
    ask(later, "wahl", "single_choice")
    respond(later, {"wahl": "b"})
    text = page(client, later)
    assert "früher, %" in text
    assert f"„Früher“ meint: {survey.title}." in text


def test_what_the_cache_keeps_ends_with_the_next_answer(client, survey):
    first = respond(survey, answers(1))
    assert "=SUMME(A1:A1)" in page(client, survey)
    second = respond(survey, answers(2))
    Response.objects.filter(pk=second.pk).update(submitted_at=CLOSED)
    assert "=SUMME(A1:A2)" in page(client, survey)
    first.reopen()
    assert "=SUMME(A1:A1)" not in page(client, survey)
    survey.questions.get(key="text").reword(text_de="Was noch?")
    assert "Was noch?" in page(client, survey)


@pytest.mark.parametrize("by", ["size", "district", "kind"])
def test_a_group_of_the_rate_is_that_of_the_results(survey, by):
    respond(survey, answers(), population=None)
    respond(survey, answers(), population=5_000)
    offered = dict(choices(survey))[str(By(by).label)]
    assert [row.label for row in rates(survey, by)[:-1]] == [name for _key, name in offered]


def test_queries_do_not_grow_with_the_answers(client, survey, django_assert_max_num_queries):
    respond(survey, answers())
    page(client, survey)
    for number in range(15):
        respond(survey, answers(number))
    client.force_login(make_member(survey.organisation))
    with django_assert_max_num_queries(40):
        client.get(reverse("surveys:results", args=[survey.slug]))


def test_exports_run_no_formula(client, survey):
    respond(survey, answers())
    client.force_login(make_member(survey.organisation))
    book = client.get(reverse("surveys:results_answers_xlsx", args=[survey.slug]))
    sheet, codebook = load_workbook(BytesIO(book.content)).worksheets
    cells = {cell.value for row in sheet.rows for cell in row}
    assert "'=SUMME(A1:A1)" in cells
    assert {"wichtig.a", "rang.1"} <= cells
    assert ["wahl", "Frage wahl?", "eine Antwort auswählen", "b", "Parken"] in [
        [cell.value for cell in row] for row in codebook.rows
    ]
    for name in ("results_rate_csv", "results_rate_xlsx"):
        assert client.get(reverse(f"surveys:{name}", args=[survey.slug])).status_code == 200


def test_the_report_is_a_pdf(client, survey):
    respond(survey, answers())
    client.force_login(make_member(survey.organisation))
    paper = client.get(reverse("surveys:results_report_pdf", args=[survey.slug]))
    said = "\n".join(each.extract_text() for each in PdfReader(BytesIO(paper.content)).pages)
    assert "1 Antwort\n" in said
    assert "1 Antworten" not in said


def published(client, survey: NeedsSurvey) -> tuple[str, list[list[str]], dict]:
    publish(survey, at=CLOSED)
    client.logout()
    names = ("public_results", "public_results_csv", "public_results_json")
    found = [client.get(reverse(f"surveys:{name}", args=[survey.slug])) for name in names]
    text = b"".join(found[1].streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    return found[0].content.decode(), rows, json.loads(found[2].content)


def test_page_csv_and_json_agree_and_show_no_small_group(client, survey):
    for number, population in enumerate([1_000] * 3 + [10_000] * 4 + [30_000] * 6):
        respond(survey, answers(number), population)
    text, rows, data = published(client, survey)
    wanted = next(one for one in data["questions"] if one["key"] == "wahl")
    assert [group["count"] for group in wanted["groups"]] == [7, 6]
    figures = [
        cell
        for question in data["questions"]
        for row in question["rows"]
        for cell in [row["total"], *row["cells"]]
    ]
    assert [float(row[7]) for row in rows[1:]] == figures
    assert all(int(row[6]) >= LEAST for row in rows[1:])
    assert "unter 20.000 Einwohner:innen" in text
    assert "SUMME" not in text + json.dumps(data)


def test_no_two_views_leave_a_small_group_when_subtracted(client, survey):
    """Every view shows groups of one partition, or their union: the differences are unions."""
    for number, population in enumerate([1_000] * 6 + [10_000] * 2 + [30_000] * 5):
        respond(survey, answers(number), population)
    _text, rows, data = published(client, survey)
    for question in data["questions"]:
        counts = [group["count"] for group in question["groups"]]
        assert sum(counts) == question["count"]
        seen = {int(row[6]) for row in rows[1:] if row[0] == question["key"]}
        assert seen <= {*counts, question["count"]}
        assert min(counts) >= LEAST


def test_an_option_that_few_of_a_group_judged_is_shown_for_all_only(client, survey):
    for number in range(6):
        respond(survey, {"wichtig": {"a": 5}}, 1_000)
        respond(survey, {"wichtig": {"a": 4, "b": 3} if number else {"b": 1}}, 30_000)
    _text, _rows, data = published(client, survey)
    first, second = next(one for one in data["questions"] if one["key"] == "wichtig")["rows"]
    assert first["cells"] == [5.0, 4.0]
    assert (second["total"], second["cells"]) == (2.67, [None, None])


def test_fewer_than_five_answers_give_no_figure(client, survey):
    for number in range(4):
        respond(survey, answers(number))
    text, rows, data = published(client, survey)
    assert data["submitted"] is None
    assert {row["total"] for question in data["questions"] for row in question["rows"]} == {None}
    assert {(row[6], row[7]) for row in rows[1:]} == {("", "")}
    assert "Zu wenige Antworten" in text


def test_figures_stay_as_they_were_published_first(client, survey):
    for number in range(5):
        respond(survey, answers(number))
    _text, _rows, first = published(client, survey)
    respond(survey, answers(6))
    _text, _rows, second = published(client, survey)
    assert first == second


def test_only_what_is_released_is_public(client, survey):
    field = survey.fields_of_action.create(title="Anträge")
    field.needs.add(
        make_need(title="Öffentlicher Bedarf", visibility="public"),
        make_need(title="Vertraulicher Bedarf", visibility="private"),
        make_need(title="Bedarf für Behörden", visibility="agencies"),
    )
    text, _rows, _data = published(client, survey)
    assert "Öffentlicher Bedarf" in text
    assert "Vertraulicher Bedarf" not in text
    assert "Bedarf für Behörden" not in text
    assert "weniger als fünf Kommunen" in text
    assert from_field(field)["problem_staff"] == "Wir brauchen Hilfe."
    assert len(from_field(field)["needs"]) == 3


def test_a_field_becomes_a_draft_of_a_challenge_once(client, survey):
    topic = make_topic()
    field = survey.fields_of_action.create(title="Anträge", topic=topic)
    field.needs.add(make_need(visibility="public"), make_need(visibility="private"))
    client.force_login(make_member(survey.organisation))
    for _ in range(2):
        answer = client.post(reverse("fields:challenge", args=[field.pk]))
    draft = Challenge.objects.get()
    assert answer.url.startswith(reverse("calls:step", args=[draft.pk, STEPS[0].slug]))
    assert (draft.title, draft.organisation) == ("Anträge", survey.organisation)
    assert draft.problem_staff == "Wir brauchen Hilfe."
    assert list(draft.topics.all()) == [topic]
    assert draft.needs.count() == 2
    page = client.get(reverse("fields:field", args=[field.pk]))
    assert reverse("calls:draft", args=[draft.pk]) in page.text


def test_a_field_is_deleted_until_somebody_is_invited_from_it(client, survey):
    field = survey.fields_of_action.create(title="Anträge")
    field.needs.add(need := make_need())
    invited = survey.fields_of_action.create(title="Parken")
    invited.invitations.create(provider=make_provider(), message="Hallo", invited_at=CLOSED)
    client.force_login(make_member(survey.organisation))
    assert client.post(reverse("fields:delete", args=[invited.pk])).status_code == 404
    assert not invited.discard()
    assert "Die Bedarfe bleiben" in client.get(reverse("fields:delete", args=[field.pk])).text
    client.post(reverse("fields:delete", args=[field.pk]))
    assert list(survey.fields_of_action.all()) == [invited]
    assert Need.objects.filter(pk=need.pk).exists()


def test_an_open_survey_is_not_published(client, survey):
    NeedsSurvey.objects.update(closes_at="2099-01-01T00:00Z")
    client.force_login(make_member(survey.organisation))
    assert client.post(reverse("surveys:results_publish", args=[survey.slug])).status_code == 404
    assert client.get(reverse("surveys:public_results", args=[survey.slug])).status_code == 404


def test_a_published_survey_is_listed(client, survey):
    page = reverse("surveys:public_results", args=[survey.slug])
    assert page not in client.get(reverse("sitemap")).text
    publish(survey, at=CLOSED)
    assert survey.title in client.get(reverse("surveys:public_list")).content.decode()
    assert page in client.get(reverse("sitemap")).text


def test_merged_classes_have_one_name():
    make_size_classes()
    groups = Groups(By.SIZE)
    small, middle, large = reversed(groups.sizes)
    assert groups.joined([small.key, middle.key]).de == "unter 20.000 Einwohner:innen"
    assert groups.joined([middle.key, large.key]).en == "5,000 inhabitants and more"
    assert groups.joined([middle.key]).de == "5.000–19.999 Einwohner:innen"
    assert groups.joined([small.key, middle.key, large.key, ""]).de == "alle Größen + ohne Angabe"
