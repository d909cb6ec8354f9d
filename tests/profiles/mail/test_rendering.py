import re

import pytest
from django.conf import settings
from django.template.loader import get_template

from profiles.mail.kinds import KINDS
from profiles.mail.rendering import compose, render
from tests.factories import make_mail

BOTH = pytest.mark.parametrize("language", ["de", "en"])
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)


@EACH
@BOTH
def test_every_kind_has_subject_text_and_html(kind, language):
    mail = render(kind, kind.sample, language)
    assert 5 < len(mail.subject) < 100
    assert "\n" not in mail.subject
    assert len(mail.text) > 30
    assert f'<html lang="{language}">' in mail.html


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if "subject" in kind.sample])
def test_a_subject_that_a_mail_is_given_is_its_own(key):
    assert render(KINDS[key], {"subject": "Betreff", "text": ""}, "de").subject == "Betreff"


@EACH
def test_no_template_loads_anything_or_dresses_itself(kind):
    html = render(kind, kind.sample, "de").html
    assert not re.search(r"<(img|link|script|style|iframe)\b|\bstyle=|url\(", html)
    assert get_template(f"{kind.template}.txt")


@EACH
def test_german_goes_on_in_lower_case_after_the_comma(kind):
    """But for nouns and names, "Sie" and "Ihr"."""
    mail = render(kind, kind.sample, "de")
    capital = ("Sie ", "Ihr", "„", *(str(value) for value in kind.sample.values() if value))
    for begin, whole in ((r"Guten Tag,\n\n", mail.text), (r"Guten Tag,</p>\s*<p>", mail.html)):
        for first in re.findall(rf"{begin}(.+)", whole):
            assert first[0].islower() or first.startswith(capital), first


def test_both_languages_differ():
    kind = KINDS["barrier_report_received"]
    german, english = (render(kind, kind.sample, language) for language in ("de", "en"))
    assert "Meldung" in german.subject
    assert "report" in english.subject
    assert english.text.startswith("Hello,")


def test_text_is_not_escaped_and_html_is():
    mail = render(KINDS["test"], {"person": "<b>&"}, "de")
    assert "<b>&" in mail.text
    assert "&lt;b&gt;&amp;" in mail.html


def test_a_line_break_in_a_subject_cannot_add_a_header():
    mail = render(KINDS["account"], {"subject": "Neu\nBcc: x@y.example", "text": "Text"}, "de")
    assert mail.subject == "Neu"


@pytest.mark.django_db
def test_a_mail_can_be_unsubscribed_from_with_one_click():
    mail = make_mail(language="en")
    headers = compose(mail).message()
    address = headers["List-Unsubscribe"]
    assert address.startswith(f"<{settings.SITE_URL}/en/konto/mail/abbestellen/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.strip("<>") in compose(mail).body
    assert mail.address not in address


@pytest.mark.django_db
def test_a_mandatory_mail_carries_no_link_to_unsubscribe():
    message = compose(make_mail(kind="test", context={"person": "a"}))
    assert "List-Unsubscribe" not in message.message()
    assert "abbestellen" not in message.body


@pytest.mark.django_db
def test_a_mail_keeps_its_number_and_wants_no_automatic_answer():
    mail = make_mail()
    first, second = compose(mail).message(), compose(mail).message()
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Content-Language"] == "de"
