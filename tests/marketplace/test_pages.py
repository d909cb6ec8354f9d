import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from marketplace.models import AccessibilityReport, Page
from marketplace.pages import markdown, texts
from profiles.mail.rendering import compose
from profiles.models import Mail
from tests.factories import make_user

pytestmark = pytest.mark.django_db

REPORT = {"url": "/loesungen/", "message": "Der Knopf hat keinen Namen.", "email": ""}


def make_page(**fields) -> Page:
    defaults = {"slug": "seite", "title_de": "Titel", "body_de": "Text", "as_of": "2026-11-01"}
    return Page.objects.create(**defaults | fields)


@pytest.fixture
def admin_client(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def send(client, **fields):
    return client.post(reverse("accessibility_report"), REPORT | fields)


# The texts that the product comes with


def test_the_legal_pages_come_with_the_product():
    assert texts.load() == 4
    assert set(Page.objects.values_list("slug", flat=True)) == set(texts.SLUGS)


def test_what_the_operator_has_written_is_kept():
    make_page(slug="impressum", body_de="Unser Impressum")
    assert texts.load() == 3
    assert Page.objects.get(slug="impressum").body_de == "Unser Impressum"


def test_a_second_load_makes_nothing():
    texts.load()
    assert texts.load() == 0


@pytest.mark.parametrize("slug", texts.SLUGS)
def test_both_languages_say_the_same(slug):
    texts.load()
    page = Page.objects.get(slug=slug)
    german = [token.tag for token in markdown.PARSER.parse(page.body_de) if token.tag]
    english = [token.tag for token in markdown.PARSER.parse(page.body_en) if token.tag]
    assert german == english
    assert page.body_de.count("[Bitte ergänzen:") == page.body_en.count("[To be completed:")


def test_what_only_the_operator_knows_is_listed():
    page = make_page(body_de="[Bitte ergänzen: Name] und [ein Link](/)", body_en="")
    assert page.gaps == ["Name"]


def test_the_privacy_page_names_every_cookie(admin_client):
    texts.load()
    admin_client.get(reverse("accessibility_report"))
    change = reverse("admin:marketplace_page_change", args=[Page.objects.first().pk])
    page = Page.objects.first()
    fields = ("slug", "title_de", "title_en", "body_de", "body_en", "as_of")
    admin_client.post(change, {name: getattr(page, name) for name in fields})
    named = re.findall(r"^\| `(\w+)`", Page.objects.get(slug="datenschutz").body_de, re.MULTILINE)
    assert {*admin_client.cookies} == {*named}


@pytest.mark.parametrize(("language", "prefix"), [("de", ""), ("en", "/en")])
def test_links_between_the_texts_lead_somewhere(client, language, prefix):
    texts.load()
    for page in Page.objects.all():
        with translation.override(language):
            for address in re.findall(r'href="(/[^"]*)"', page.body_html):
                assert address.startswith(prefix)
                assert client.get(address).status_code == 200


# A page


@pytest.mark.parametrize("slug", texts.SLUGS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_page_is_open_to_everybody_in_both_languages(client, slug, language):
    texts.load()
    with translation.override(language):
        answer = client.get(reverse("page", args=[slug]))
    page = Page.objects.get(slug=slug)
    assert answer.status_code == 200
    assert getattr(page, f"title_{language}") in answer.text
    assert f'<div class="prose" lang="{language}">' in answer.text


def test_a_page_without_english_text_says_that_it_is_german(client):
    make_page(title_en="Title", body_en="")
    with translation.override("en"):
        answer = client.get(reverse("page", args=["seite"]))
    assert '<div class="prose" lang="de">' in answer.text


def test_an_unknown_page_is_not_found(client):
    assert client.get(reverse("page", args=["unbekannt"])).status_code == 404


def test_staff_are_told_what_is_missing(admin_client):
    make_page(body_de="[Bitte ergänzen: Name]")
    assert "fehlt noch 1 Angabe" in admin_client.get(reverse("page", args=["seite"])).text


def test_a_stranger_is_told_nothing_about_gaps(client):
    make_page(body_de="[Bitte ergänzen: Name]")
    assert "fehlt noch" not in client.get(reverse("page", args=["seite"])).text


# Markdown


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# Eins\n\n## Zwei", ["h2", "h3"]),
        ("## Eins\n\n### Zwei", ["h2", "h3"]),
        ("#### Eins", ["h2"]),
        ("Eins\n===\n\nZwei\n---", ["h2", "h3"]),
    ],
)
def test_headings_begin_below_the_title(text, tags):
    assert re.findall(r"<(h\d)", markdown.render(text)) == tags


class Elements(HTMLParser):
    """The elements of a text, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<b onclick="x">fett</b>',
        "[Klick](javascript:alert(1))",
        "[Klick](JaVaScRiPt:alert(1))",
        "[Klick](java&#10;script:alert(1))",
        "[Klick](data:text/html;base64,PHNjcmlwdD4=)",
        "[Klick](vbscript:x)",
        "<javascript:alert(1)>",
    ],
)
def test_markdown_lets_no_html_and_no_dangerous_address_through(text):
    assert Elements(markdown.render(text)).found == [("p", {})]


def test_a_picture_is_not_loaded_from_elsewhere():
    elements = Elements(markdown.render("![Bild](https://anderswo.example/zaehler.gif)")).found
    assert [tag for tag, _ in elements] == ["p", "a"]


def test_the_title_of_a_link_cannot_leave_its_quotes():
    html = markdown.render("""[Klick](/ok "\'><img src=x onerror=alert(1)>")""")
    assert [tag for tag, _ in Elements(html).found] == ["p", "a"]


@pytest.mark.parametrize(
    "address", ["/ok/", "#ziel", "datei.pdf", "mailto:a@b.example", "tel:+491"]
)
def test_ordinary_addresses_become_links(address):
    assert ("a", {"href": address, "class": "kern-link"}) in Elements(
        markdown.render(f"[Klick]({address})")
    ).found


def test_a_wide_table_scrolls_within_the_page_with_the_keyboard_too():
    html = markdown.render("| a |\n| --- |\n| 1 |\n\nText")
    frame = dict(Elements(html).found)["div"]
    assert (frame["class"], frame["tabindex"]) == ("kern-table-responsive", "0")
    assert "</table>\n</div>\n<p>" in html


def test_links_and_tables_are_rendered():
    html = markdown.render("[Hilfe](https://hilfe.example)\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")
    assert '<a href="https://hilfe.example" class="kern-link">Hilfe</a>' in html
    assert '<th class="kern-table__header">a</th>' in html


# Reporting a barrier


def test_a_barrier_is_reported_without_an_account(client):
    send(client, email="leserin@test.example")
    report = AccessibilityReport.objects.get()
    assert (report.url, report.message) == ("/loesungen/", "Der Knopf hat keinen Namen.")
    assert report.email == "leserin@test.example"


def test_the_thanks_say_until_when_there_is_an_answer(client):
    answer = client.post(reverse("accessibility_report"), REPORT, follow=True)
    assert len(answer.redirect_chain) == 1
    AccessibilityReport.objects.update(created_at=datetime(2026, 11, 1, 12, tzinfo=UTC))
    again = client.get(answer.redirect_chain[0][0])
    assert "13. Dezember 2026" in again.text


def test_a_report_without_address_is_not_promised_an_answer(client):
    answer = client.post(reverse("accessibility_report"), REPORT, follow=True)
    assert "Antworten können wir Ihnen nicht" in answer.text


def test_reporting_needs_no_session_cookie(client):
    send(client)
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("receipt", ["1", "1:gefaelscht"])
def test_a_forged_receipt_shows_nothing(client, receipt):
    assert client.get(reverse("accessibility_report"), {"receipt": receipt}).status_code == 404


def test_the_receipt_of_a_deleted_report_shows_nothing(client):
    receipt = signing.Signer(salt="accessibility report").sign("999")
    assert client.get(reverse("accessibility_report"), {"receipt": receipt}).status_code == 404


@pytest.mark.parametrize("fields", [{"message": ""}, {"email": "keine Adresse"}])
def test_a_wrong_report_is_shown_again_with_what_was_typed(client, fields):
    answer = send(client, **{"url": "/was-ich-schrieb/"} | fields)
    assert answer.status_code == 200
    assert "Bitte prüfen Sie Ihre Angaben" in answer.text
    assert "/was-ich-schrieb/" in answer.text
    assert not AccessibilityReport.objects.exists()


def test_an_endless_message_is_refused(client):
    send(client, message="x" * 10_001)
    assert not AccessibilityReport.objects.exists()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("/loesungen/?phase=P3", "/loesungen/?phase=P3"),
        ("https://anderswo.example/", ""),
        ("//anderswo.example/", ""),
        ("/\\anderswo.example", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_a_path_of_this_site_is_filled_in(client, given, shown):
    form = client.get(reverse("accessibility_report"), {"url": given}).context["form"]
    assert form["url"].value() == shown


def test_a_program_that_fills_in_the_invisible_field_is_stopped(client):
    answer = send(client, trap="Werbung", message="Kaufen Sie!")
    assert "unsichtbares Feld" in answer.text
    assert "Werbung" not in answer.text
    assert not AccessibilityReport.objects.exists()


def test_the_invisible_field_is_out_of_everybodys_way(client):
    html = client.get(reverse("accessibility_report")).text
    assert re.search(r'aria-hidden="true"><label for="trap">.*tabindex="-1"', html)


def test_after_five_reports_an_hour_the_sixth_waits_and_loses_nothing(client):
    for _ in range(5):
        assert send(client).status_code == 302
    answer = send(client, message="Die sechste Meldung")
    assert answer.status_code == 429
    assert "schon fünf Meldungen" in answer.text
    assert "Die sechste Meldung" in answer.text
    assert AccessibilityReport.objects.count() == 5


def test_mistakes_do_not_count_against_the_limit(client):
    for _ in range(6):
        send(client, message="")
    assert send(client).status_code == 302


def test_another_connection_has_its_own_limit(client):
    for _ in range(6):
        send(client)
    answer = client.post(reverse("accessibility_report"), REPORT, REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == 302


# In the admin


def make_report(*, days_ago: int, **fields) -> AccessibilityReport:
    report = AccessibilityReport.objects.create(message=f"vor {days_ago} Tagen", **fields)
    created_at = timezone.now() - timedelta(days=days_ago)
    AccessibilityReport.objects.filter(pk=report.pk).update(created_at=created_at)
    return report


def test_an_overdue_report_stands_out(admin_client):
    make_report(days_ago=43)
    html = admin_client.get(reverse("admin:marketplace_accessibilityreport_changelist")).text
    assert "(überfällig)</strong>" in html


@pytest.mark.parametrize("days_ago", [0, 41])
def test_a_report_in_time_does_not_stand_out(admin_client, days_ago):
    make_report(days_ago=days_ago)
    html = admin_client.get(reverse("admin:marketplace_accessibilityreport_changelist")).text
    assert "(überfällig)</strong>" not in html


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("open", {"vor 1 Tagen", "vor 50 Tagen"}),
        ("overdue", {"vor 50 Tagen"}),
        ("answered", {"vor 60 Tagen"}),
        ("", {"vor 1 Tagen", "vor 50 Tagen", "vor 60 Tagen"}),
    ],
)
def test_reports_are_filtered_by_their_answer(admin_client, answer, found):
    make_report(days_ago=1)
    make_report(days_ago=50)
    make_report(days_ago=60, answered_at=timezone.now())
    address = reverse("admin:marketplace_accessibilityreport_changelist")
    rows = admin_client.get(address, {"answer": answer} if answer else {}).context["cl"].queryset
    assert {report.message for report in rows} == found


def test_reports_are_marked_as_answered(admin_client):
    report = make_report(days_ago=3, url="/loesungen/")
    address = reverse("admin:marketplace_accessibilityreport_changelist")
    admin_client.post(address, {"action": "mark_answered", "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert report.answered_at is not None


def test_the_admin_shows_a_report_and_lets_nobody_rewrite_it(admin_client):
    report = make_report(days_ago=3, url="https://anderswo.example/")
    address = reverse("admin:marketplace_accessibilityreport_change", args=[report.pk])
    html = admin_client.get(address).text
    assert 'href="https://anderswo.example/"' not in html
    admin_client.post(
        address, {"message": "umgeschrieben", "answered_at_0": "", "answered_at_1": ""}
    )
    report.refresh_from_db()
    assert report.message == "vor 3 Tagen"


def test_nobody_adds_a_report_in_the_admin(admin_client):
    address = reverse("admin:marketplace_accessibilityreport_add")
    assert admin_client.get(address).status_code == 403


def test_the_admin_lists_the_gaps_of_a_page(admin_client):
    page = make_page(body_de="[Bitte ergänzen: Anschrift]")
    address = reverse("admin:marketplace_page_change", args=[page.pk])
    assert "Anschrift" in admin_client.get(address).text
    assert admin_client.get(reverse("admin:marketplace_page_changelist")).status_code == 200


def test_the_history_of_a_page_says_who_changed_it(admin_client):
    page = make_page()
    data = {"slug": "seite", "title_de": "Neu", "body_de": "Neu", "as_of": "2026-11-02"}
    admin_client.post(reverse("admin:marketplace_page_change", args=[page.pk]), data)
    newest = page.history.first()
    assert (newest.title_de, newest.history_user.is_staff) == ("Neu", True)


# The confirmation by mail


def test_a_report_with_an_address_is_confirmed_once(client):
    send(client, email="leserin@test.example")
    mail = Mail.objects.get()
    due = timezone.localtime(AccessibilityReport.objects.get().due_at)
    assert (mail.kind, mail.address) == ("barrier_report_received", "leserin@test.example")
    assert mail.context == {"due": date_format(due)}


def test_a_confirmation_carries_nothing_that_was_typed_but_the_address(client):
    send(client, email="opfer@test.example", url="werbung.example", message="Kaufen Sie!")
    message = compose(Mail.objects.get()).message().as_string()
    assert "werbung" not in message
    assert "Kaufen" not in message


def test_a_confirmation_speaks_the_language_of_the_form(client):
    with translation.override("en"):
        address = reverse("accessibility_report")
    client.post(address, REPORT | {"email": "reader@test.example"})
    assert Mail.objects.get().language == "en"


def test_a_report_without_an_address_sends_nothing(client):
    send(client)
    assert not Mail.objects.exists()
