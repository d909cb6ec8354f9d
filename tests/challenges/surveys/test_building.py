"""Building a survey and its list of respondents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from challenges.models import Answer, NeedsSurvey, Wording
from challenges.surveys import lists
from challenges.surveys.building import LIBRARY
from challenges.surveys.form_fields import field_of
from marketplace.demo import survey as demo
from tests.factories import (
    make_member,
    make_municipality,
    make_question,
    make_respondent,
    make_response,
    make_size_class,
    make_survey,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(client):
    survey = make_survey()
    client.force_login(make_member(survey.organisation))
    return survey


def at(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.slug, *args])


QUESTION = {"kind": "single_choice", "text_de": "Neu?", "options_text": "Auswahl a | A\nAuswahl c"}


def question_form(client, address, **data):
    seen = client.get(address).context["form"]["seen"].value()
    return client.post(address, QUESTION | {"seen": seen} | data)


def test_a_copy_has_the_questions_and_the_chosen_ones_of_the_library(client, survey):
    make_question(survey, "q1", "single_choice")
    given = {"title_de": "Noch einmal", "copy_of": survey.pk, "library": ["bedarf"]}
    client.post(reverse("surveys:new"), given | {"organisation": survey.organisation.pk})
    copy = NeedsSurvey.objects.get(copy_of=survey)
    assert copy.is_draft
    assert [row.key for row in copy.questions.in_order()] == ["q1", "bedarf"]


def test_every_question_of_the_library_has_a_field():
    for row in LIBRARY:
        content = {name: row[name] for name in Wording.CONTENT if name in row}
        assert field_of(Wording(**content)).label == row["text_de"]


def test_an_option_keeps_its_id_when_others_change(client, survey):
    question = make_question(survey, "q1", "single_choice")
    assert question_form(client, at("question_edit", survey, question.pk)).status_code == 302
    options = Wording.objects.get().options
    assert [row["id"] for row in options] == ["a", "auswahl_c"]
    assert options[0]["label_en"] == "A"


def test_a_question_that_was_answered_gets_a_new_wording(client, survey):
    question = make_question(survey, "q1", "single_choice")
    response = make_response(make_respondent(survey))
    response.answer(question, "a", at=timezone.now(), seen=0)
    page = client.get(at("question_edit", survey, question.pk))
    assert "Eine Änderung wird eine neue Fassung" in page.text
    question_form(client, at("question_edit", survey, question.pk))
    question.refresh_from_db()
    assert (question.wording.number, question.wording.text_de) == (2, "Neu?")
    assert Answer.objects.get().wording.text_de == "Frage q1"


def test_of_two_editors_of_a_question_the_second_is_told(client, survey):
    question = make_question(survey, "q1", "single_choice")
    address = at("question_edit", survey, question.pk)
    old = client.get(address).context["form"]["seen"].value()
    question_form(client, address, text_de="Erste?")
    answer = client.post(address, QUESTION | {"text_de": "Zweite?", "seen": old})
    assert "inzwischen geändert in: „Erste?“" in answer.text
    assert "Zweite?" in answer.text
    assert Wording.objects.get().text_de == "Erste?"


def test_of_two_editors_of_the_details_the_second_is_told(client, survey):
    address = at("edit", survey)
    given = {"reminder_after_days": 7, "reminder_every_days": 7, "reminder_limit": 2, "seen": 1}
    given["closes_at"] = "2036-01-01T10:00"
    assert client.post(address, given | {"title_de": "Erster"}).status_code == 302
    answer = client.post(address, given | {"title_de": "Zweiter"})
    assert "Titel (deutsch): Erster" in answer.text
    survey.refresh_from_db()
    assert survey.title_de == "Erster"
    assert client.post(address, given | {"title_de": "Zweiter", "seen": 2}).status_code == 302


def test_questions_move_by_a_button(client, survey):
    first, second = make_question(survey, "q1"), make_question(survey, "q2")
    client.post(at("move", survey), {"what": f"question:{second.pk}:up"})
    assert list(survey.questions.in_order()) == [second, first]
    client.post(at("move", survey), {"what": f"question:{second.pk}:up"})
    assert list(survey.questions.in_order()) == [second, first]


def test_a_question_with_answers_is_taken_out_and_kept(client, survey):
    answered, blank = make_question(survey, "q1"), make_question(survey, "q2")
    make_response(make_respondent(survey)).answer(answered, "x", at=timezone.now(), seen=0)
    for question in (answered, blank):
        client.post(at("question_remove", survey, question.pk))
    assert list(survey.questions.all()) == [answered]
    assert not survey.questions.asked().exists()


def test_a_question_on_which_another_hangs_stays(client, survey):
    question = make_question(survey, "q1", "single_choice")
    make_question(survey, "q2", condition={"question": "q1", "any_of": ["a"]})
    client.post(at("question_remove", survey, question.pk))
    assert survey.questions.asked().count() == 2


def test_a_text_of_a_mail_knows_four_words_and_shows_them_filled_in(client, survey):
    address = at("mail", survey, "invitation")
    wrong = client.post(address, {"subject": "{foo}", "text": "Ohne"})
    assert "{foo} kennen wir nicht" in wrong.text
    assert "findet niemand" in wrong.text
    preview = client.post(address, {"subject": "S", "text": "{link} x", "go": "preview"})
    assert "marktplatz.example" in preview.text
    assert not survey.mail_texts.exists()
    client.post(address, {"subject": "S", "text": "{link}"})
    assert survey.mail_texts.get().subject == "S"


def test_a_preview_shows_every_kind_of_question(client, survey):
    for kind in Wording.Kind.values:
        make_question(survey, kind, kind)
    assert client.get(at("preview", survey)).text.count('name="v-') == len(Wording.Kind)


def test_the_list_takes_no_more_queries_for_more_rows(
    client, survey, django_assert_max_num_queries
):
    for count in (1, 14):
        for _ in range(count):
            make_respondent(survey)
        with django_assert_max_num_queries(14):
            client.get(at("respondents", survey))


# Whom to ask


def test_a_territory_is_all_that_is_given_together(client, survey):
    small = make_municipality(population=5_000)
    large = make_municipality(ags="06633001", population=30_000)
    make_municipality(ags="06634001", population=30_000)
    size_class = make_size_class(20_000, 49_999)
    client.post(at("territory", survey), {"district": "06633", "size_class": size_class.pk})
    client.post(at("territory", survey), {"keys": f"{small.ags[1:]}, {large.ags}"})
    assert {row.municipality for row in survey.respondents.all()} == {small, large}
    assert client.post(at("territory", survey), {}).status_code == 200


def test_the_address_of_the_last_survey_is_taken_over(survey):
    last = make_respondent(make_survey(organisation=survey.organisation), contact="Amt")
    lists.add(survey, [last.municipality])
    found = survey.respondents.get()
    assert (found.email, found.contact) == (last.email, "Amt")


@pytest.fixture
def places():
    make_municipality(ags="06633001", name="Ahnatal")
    make_municipality(ags="06633002", name="Neukirchen")
    make_municipality(ags="07633002", name="Neukirchen")


@pytest.mark.parametrize(
    "content",
    [
        b"AGS;E-Mail;Ansprechstelle\n06633001;a@b.example;Hauptamt\n",
        b"\xef\xbb\xbfE-Mail,AGS\r\na@b.example,6633001\r\n\r\n",
        "Kommune\tE-Mail\nAHNATAL\ta@b.example".encode("cp1252"),
        b'"Kommune";"email"\n"Ahnatal";" a@b.example "\n',
    ],
)
def test_files_come_in_many_forms(places, content):
    reading = lists.read(content, on=timezone.localdate())
    assert reading.errors == []
    assert [(line.municipality.name, line.email) for line in reading.lines] == [
        ("Ahnatal", "a@b.example")
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "erste Zeile"),
        (b"Ort;Post\nx;y", "erste Zeile"),
        (b"AGS;E-Mail\n", "niemanden"),
        (b"AGS;E-Mail\n99999999;a@b.example", "Zeile 2: Wir kennen keine"),
        (b"Kommune;E-Mail\nNeukirchen;a@b.example", "Zeile 2: „Neukirchen“ gibt es mehrmals"),
        (b"AGS;E-Mail\n06633001;ab", "Zeile 2: Die E-Mail-Adresse „ab“"),
        (b"AGS;E-Mail\n06633001;a@b.example\n06633001;a@b.example", "Zeile 3: Ahnatal steht schon"),
        (b"AGS;E-Mail\n06633001", "Die E-Mail-Adresse „“"),
        (b"x" * (lists.LARGEST + 1), "größer"),
    ],
)
def test_mistakes_in_a_file_are_named_with_their_line(places, content, message):
    errors = lists.read(content, on=timezone.localdate()).errors
    assert any(message in error for error in errors), errors


def test_nothing_of_a_file_with_a_mistake_is_taken_over(client, survey, places):
    def send(content, **data):
        file = SimpleUploadedFile("liste.csv", content)
        return client.post(at("upload", survey), {"file": file} | data)

    good = b"AGS;E-Mail\n06633001;a@b.example\n"
    assert "Zeile 3" in send(good + b"1;a@b.example").text
    assert "Alles richtig: 1 Zeile. Noch" in send(good, only_check="on").text
    assert not survey.respondents.exists()
    assert "Übernommen: 1 Zeile." in client.get(send(good)["Location"]).text
    send(good.replace(b"a@b", b"c@b"))
    assert survey.respondents.get().email == "c@b.example"


def test_a_new_address_out_of_a_file_gets_mail_again_and_the_old_one_does_not(survey):
    at = {"bounced_at": timezone.now(), "unsubscribed_at": timezone.now()}
    corrected, kept = (make_respondent(survey, **at) for _ in "ab")
    lines = [
        lists.Line(corrected.municipality, "neu@rathaus.example", ""),
        lists.Line(kept.municipality, kept.email, "Frau Muster"),
        lists.Line(make_municipality(), "auch@rathaus.example", ""),
    ]
    assert lists.take_over(survey, lines) == 3
    assert set(survey.respondents.reachable().values_list("email", flat=True)) == {
        "neu@rathaus.example",
        "auch@rathaus.example",
    }


def test_a_search_for_signs_that_no_database_keeps_finds_the_rest(client, survey):
    asked = make_respondent(survey, municipality=make_municipality(name="Ahnatal"))
    found = client.get(at("respondents", survey), {"search": "Ahna\0tal"})
    assert list(found.context["page"]) == [asked]


def test_a_link_is_renewed_and_whoever_was_invited_is_locked_out_rather_than_deleted(
    client, survey
):
    asked, listed = make_respondent(survey, invited_at=timezone.now()), make_respondent(survey)
    token = asked.token
    client.post(at("respondent_renew", survey, asked.pk))
    for row in (asked, listed):
        client.post(at("respondent_revoke", survey, row.pk))
    left = survey.respondents.get()
    assert left.revoked_at
    assert left.token != token


def test_a_survey_is_opened_stopped_and_gone_on_with(client):
    draft = make_survey(opened_at=None)
    client.force_login(make_member(draft.organisation))
    client.post(at("sending", draft), {"do": "open"})
    draft.refresh_from_db()
    assert draft.is_draft  # it has no question yet
    make_question(draft, "q1")
    for do, is_sending in (("open", True), ("stop", False), ("go_on", True)):
        client.post(at("sending", draft), {"do": do})
        draft.refresh_from_db()
        assert bool(draft.sending_since) is is_sending
    assert not draft.is_draft


def test_the_topics_of_the_demo_survey_are_those_of_the_market():
    data = demo.read("survey")
    assert set(demo.TOPICS) == {row["id"] for row in data["topics"]}
    assert len(data["invited"]) == 60
    assert len(data["responses"]) == 30


def test_the_library_speaks_the_language_of_the_page(client, survey):
    with translation.override("en"):
        page = client.get(reverse("surveys:new")).text
    assert "Who is responsible for digitisation in your authority?" in page
    assert "Wer ist in Ihrer Verwaltung" not in page
