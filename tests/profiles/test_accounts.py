"""From sign-up to signed in: addresses are confirmed, and nobody learns who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from profiles.models import User
from tests.factories import make_user
from tests.mailbox import letters

pytestmark = pytest.mark.django_db

PASSWORD = "Rathaus-am-Fluss-7"
ERIKA = {
    "first_name": "Erika",
    "last_name": "Muster",
    "email": "erika@test.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def sign_up(client, **fields):
    return client.post(reverse("account_signup"), ERIKA | fields)


def sign_in(client, password=PASSWORD, email=ERIKA["email"], **headers):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **headers)


def link_in_mail() -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letters()[-1].body)[1]


def known(**fields) -> User:
    """Make a person who can sign in with the password."""
    user = make_user(**{"email": ERIKA["email"], "password": PASSWORD} | fields)
    user.confirm_email()
    return user


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_up_leads_by_a_confirmed_address_to_what_comes_next(client):
    answer = sign_up(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "So geht es weiter" in client.get(answer["Location"]).content.decode()
    link = link_in_mail()
    assert "Gehört <strong>erika@test.example</strong> Ihnen" in client.get(link).content.decode()
    assert client.post(link)["Location"] == reverse("account_welcome")
    assert "Ihr Konto ist bereit" in client.get(reverse("account_welcome")).content.decode()
    erika = User.objects.get(email="erika@test.example")
    assert (erika.first_name, erika.last_name) == ("Erika", "Muster")


def test_signing_up_names_terms_and_privacy(client):
    text = client.get(reverse("account_signup")).content.decode()
    assert reverse("page", args=["nutzung"]) in text
    assert reverse("page", args=["datenschutz"]) in text
    assert 'type="checkbox"' not in text


def test_whoever_confirms_in_another_browser_signs_in_there(client, client_of_another):
    sign_up(client)
    answer = client_of_another.post(link_in_mail())
    assert not is_signed_in(client_of_another)
    answer = client_of_another.post(
        answer["Location"], {"login": ERIKA["email"], "password": PASSWORD}
    )
    assert answer["Location"] == reverse("account_welcome")


@pytest.fixture
def client_of_another():
    from django.test import Client

    return Client()


def test_an_unconfirmed_account_cannot_sign_in(client):
    sign_up(client)
    client.cookies.clear()
    assert sign_in(client)["Location"] == reverse("account_email_verification_sent")
    assert not is_signed_in(client)


def test_a_used_up_link_says_what_to_do(client):
    answer = client.get(reverse("account_confirm_email", args=["falsch"]))
    assert "Dieser Link gilt nicht mehr" in answer.content.decode()


def test_signing_up_does_not_tell_who_has_an_account(client):
    new = sign_up(client)
    known(email="gibt-es@test.example")
    old = sign_up(client, email="gibt-es@test.example")
    assert (new.status_code, new["Location"]) == (old.status_code, old["Location"])
    assert "Zu dieser Adresse gibt es schon eines" in letters()[-1].body
    assert User.objects.count() == 2


def test_resetting_a_password_does_not_tell_who_has_an_account(client):
    known()
    address = reverse("account_reset_password")
    answers = [client.post(address, {"email": e}) for e in (ERIKA["email"], "wer@test.example")]
    assert {answer["Location"] for answer in answers} == {reverse("account_reset_password_done")}
    assert [bool(re.search("/password/reset/key/", m.body)) for m in letters()] == [True, False]


def test_a_wrong_password_sounds_the_same_with_and_without_an_account(client):
    known()
    texts = [
        sign_in(client, "falsch", email).content.decode().replace(email, "")
        for email in (ERIKA["email"], "niemand@test.example")
    ]
    assert all("leider falsch" in text for text in texts)


def test_a_forgotten_password_is_replaced(client):
    known()
    client.post(reverse("account_reset_password"), {"email": ERIKA["email"]})
    form = client.get(link_in_mail(), follow=True)
    new = {"password1": "Neues-Rathaus-8", "password2": "Neues-Rathaus-8"}
    answer = client.post(form.redirect_chain[-1][0], new)
    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    sign_in(client, "Neues-Rathaus-8")
    assert is_signed_in(client)
    assert "Ihr Passwort ist geändert." in letters()[-1].body


def test_an_account_of_the_command_line_can_sign_in(client):
    call_command("createsuperuser", interactive=False, email="Chefin@test.example", verbosity=0)
    chief = User.objects.get(email__iexact="chefin@test.example")
    chief.set_password(PASSWORD)
    chief.save()
    sign_in(client, email="chefin@test.example")
    assert is_signed_in(client)


def test_the_old_address_counts_until_the_new_one_is_confirmed(client):
    erika = known()
    sign_in(client)
    change = {"action_add": "", "email": "neu@test.example"}
    again = client.post(reverse("account_email"), change)
    if again.status_code == 302 and "reauthenticate" in again["Location"]:
        client.post(again["Location"], {"password": PASSWORD})
    assert client.get(reverse("account_email")).status_code == 200
    erika.refresh_from_db()
    assert erika.email == ERIKA["email"]
    confirmation = next(m for m in letters() if m.to == ["neu@test.example"])
    client.post(re.search(r"https?://[^/\s]+(/\S+)", confirmation.body)[1])
    erika.refresh_from_db()
    assert erika.email == "neu@test.example"
    addresses = EmailAddress.objects.filter(user=erika).values_list("email", "verified", "primary")
    assert list(addresses) == [("neu@test.example", True, True)]


def test_the_own_account_leads_to_everything_that_belongs_to_it(client):
    known()
    sign_in(client)
    text = client.get(reverse("account")).content.decode()
    for name in ("account_email", "account_change_password", "mfa_index", "usersessions_list"):
        assert reverse(name) in text
    assert reverse("socialaccount_connections") not in text


def test_a_mail_is_in_the_language_of_the_page(client):
    with translation.override("de"):  # which the request leaves at English
        client.post("/en/konto/signup/", ERIKA)
    assert "please confirm with this link" in letters()[-1].body
