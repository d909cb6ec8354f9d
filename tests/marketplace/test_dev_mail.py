import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from profiles.mail import outbox

pytestmark = pytest.mark.django_db
HTML = "<html><head></head><body><p>Grüße</p><script>alert(1)</script></body></html>"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "profiles.mail.outbox.Outbox"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


def post(subject="Betreff", html=HTML) -> str:
    message = EmailMultiAlternatives(subject, "Grüße <b> http://x.example/", to=["a@b.example"])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
    return outbox.names()[0]


def test_without_mails_the_page_says_how_to_get_one(client):
    assert "Noch ist keine Mail gesendet" in client.get(reverse("dev_mail")).text


def test_the_newest_mail_comes_first(client):
    post("Erste")
    post("Zweite – mit Umlaut: ä")
    html = client.get(reverse("dev_mail")).text
    assert html.index("Zweite – mit Umlaut: ä") < html.index("Erste")
    assert "an a@b.example" in html


def test_many_mails_fill_several_pages(client):
    for number in range(21):
        post(f"Mail {number}")
    first = client.get(reverse("dev_mail")).text
    assert "Mail 20" in first
    assert "Mail 0<" not in first
    assert "Mail 0<" in client.get(reverse("dev_mail"), {"page": 2}).text


def test_a_mail_is_shown_as_text_and_in_a_closed_frame(client):
    name = post()
    html = client.get(reverse("dev_mail_message", args=[name])).text
    assert "Grüße &lt;b&gt;" in html
    assert 'href="http://x.example/"' in html
    assert "alert(1)" not in html
    assert f'src="{reverse("dev_mail_html", args=[name])}"' in html


def test_the_time_is_that_of_the_place(client):
    html = client.get(reverse("dev_mail_message", args=[post()])).text
    assert date_format(timezone.localtime(), "DATE_FORMAT") in html
    assert f"+0{1 + bool(timezone.localtime().dst())}:00" in html


def test_a_mail_without_html_has_no_frame(client):
    html = client.get(reverse("dev_mail_message", args=[post(html="")])).text
    assert "<iframe" not in html


def test_the_html_of_a_mail_may_do_nothing(client):
    answer = client.get(reverse("dev_mail_html", args=[post()]))
    assert "Grüße" in answer.text
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize("page", ["dev_mail_message", "dev_mail_html"])
def test_a_mail_that_is_not_there_is_not_found(client, page):
    assert client.get(reverse(page, args=["gibt-es-nicht"])).status_code == 404


def test_outside_the_demo_nobody_reads_mails(client, settings):
    name = post()
    settings.DEMO = False
    assert client.get(reverse("dev_mail")).status_code == 404
    for page in ("dev_mail_message", "dev_mail_html"):
        assert client.get(reverse(page, args=[name])).status_code == 404


def test_the_banner_leads_to_the_mails(client):
    assert f'href="{reverse("dev_mail")}"' in client.get(reverse("home")).text


def test_the_folder_is_for_its_owner_alone(settings):
    post()
    assert outbox.folder().stat().st_mode & 0o077 == 0
