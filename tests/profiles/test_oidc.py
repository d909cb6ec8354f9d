"""Sign-in by OpenID Connect, against a provider that speaks real HTTP."""

import json

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from marketplace import oidc
from profiles.models import User
from tests import identity_provider
from tests.mailbox import letters
from tests.profiles.test_accounts import PASSWORD, is_signed_in, known, link_in_mail, sign_in

pytestmark = pytest.mark.django_db

LOGIN = {"provider_id": "stadt"}


@pytest.fixture(scope="module")
def server():
    with identity_provider.running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings, monkeypatch):
    """Return a provider whose word about e-mail addresses the operator trusts."""
    settings.SOCIALACCOUNT_PROVIDERS = of(server, trust_email=True)
    monkeypatch.setattr(server, "person", dict(server.person))
    return server


def of(server, *, trust_email: bool) -> dict:
    return {"openid_connect": {"APPS": oidc.apps(server.app(trust_email=trust_email))}}


def come_back(client, **query):
    """Go to the other service and come back, as a browser does."""
    address = reverse("openid_connect_login", kwargs=LOGIN)
    start = client.post(address, query_params=query)
    there = requests.get(start["Location"], allow_redirects=False, timeout=5)
    path = there.headers["Location"].removeprefix("http://testserver")
    assert path.startswith(reverse("openid_connect_callback", kwargs=LOGIN))
    return client.get(path)


def finish_sign_up(client, **fields):
    form = {"first_name": "Erika", "last_name": "Muster", "email": "erika@test.example"}
    return client.post(reverse("socialaccount_signup"), form | fields)


def test_a_new_person_sees_her_names_and_the_terms_and_is_signed_in(client, provider):
    answer = come_back(client)
    assert answer["Location"] == reverse("socialaccount_signup")
    page = client.get(answer["Location"]).content.decode()
    assert 'value="Erika"' in page
    assert reverse("page", args=["nutzung"]) in page
    assert finish_sign_up(client)["Location"] == reverse("account_welcome")
    assert is_signed_in(client)
    assert letters() == []


def test_the_second_time_she_is_signed_in_at_once(client, provider):
    come_back(client)
    finish_sign_up(client)
    client.logout()
    assert come_back(client, next="/markt/")["Location"] == "/markt/"
    assert is_signed_in(client)
    assert User.objects.count() == 1


def test_a_person_known_by_a_confirmed_address_is_connected(client, provider):
    erika = known()
    come_back(client)
    assert is_signed_in(client)
    assert SocialAccount.objects.get().user == erika
    assert erika.has_usable_password()


def test_an_address_that_the_other_service_has_not_confirmed_connects_nobody(client, provider):
    known()
    provider.person["email_verified"] = False
    come_back(client)
    finish_sign_up(client)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert "Zu dieser Adresse gibt es schon eines" in letters()[-1].body


def test_a_service_that_is_not_trusted_connects_nobody(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = of(provider, trust_email=False)
    known()
    come_back(client)
    finish_sign_up(client)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_an_account_with_an_unconfirmed_address_is_not_taken_over(client, provider):
    trap = known()
    EmailAddress.objects.update(verified=False)
    come_back(client)
    finish_sign_up(client)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.filter(user=trap).exists()


def test_a_new_person_of_a_service_that_is_not_trusted_confirms_her_address(
    client, provider, settings
):
    settings.SOCIALACCOUNT_PROVIDERS = of(provider, trust_email=False)
    come_back(client)
    assert finish_sign_up(client)["Location"] == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    client.post(link_in_mail())
    assert is_signed_in(client)


def test_another_address_than_that_of_the_service_has_to_be_confirmed(client, provider):
    known(email="opfer@test.example")
    come_back(client)
    finish_sign_up(client, email="andere@test.example")
    assert not EmailAddress.objects.filter(email="andere@test.example", verified=True).exists()


def test_a_signed_in_person_connects_and_disconnects(client, provider):
    known(email="sonst@test.example")
    sign_in(client, email="sonst@test.example")
    answer = come_back(client, process="connect")
    if "reauthenticate" in answer["Location"]:
        client.post(answer["Location"], {"password": PASSWORD})
    account = SocialAccount.objects.get()
    assert "Stadt-Login" in client.get(reverse("socialaccount_connections")).content.decode()
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_a_forged_answer_is_refused(client, provider):
    address = reverse("openid_connect_callback", kwargs=LOGIN)
    answer = client.get(address, {"code": "code-1", "state": "erfunden"})
    assert "Anmeldung gescheitert" in answer.content.decode()
    assert not is_signed_in(client)


def test_giving_up_there_leads_back(client, provider):
    start = client.post(reverse("openid_connect_login", kwargs=LOGIN))
    state = start["Location"].split("state=")[1].split("&")[0]
    address = reverse("openid_connect_callback", kwargs=LOGIN)
    answer = client.get(address, {"error": "access_denied", "state": state}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("socialaccount_login_cancelled")
    assert "Anmeldung abgebrochen" in answer.content.decode()


def test_the_sign_in_page_has_buttons_only_for_what_is_configured(client, provider, settings):
    assert "Anmelden mit Stadt-Login" in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Stadt-Login" not in client.get(reverse("account_login")).content.decode()
    address = reverse("openid_connect_login", kwargs=LOGIN)
    assert client.post(address).status_code == 404


def test_a_link_alone_starts_nothing(client, provider):
    answer = client.get(reverse("openid_connect_login", kwargs=LOGIN))
    assert "Sie verlassen dafür kurz den Marktplatz" in answer.content.decode()


def test_the_page_of_an_error_has_an_address(client):
    assert client.get(reverse("socialaccount_login_error")).status_code in {302, 401}


GOOD = {"id": "a", "name": "A", "server_url": "https://id.test/x/", "client_id": "c", "secret": "s"}


def test_what_the_environment_says_is_read():

    assert oidc.apps("") == []
    apps = oidc.apps(json.dumps([GOOD]))
    assert apps[0]["settings"]["server_url"] == "https://id.test/x"
    assert apps[0]["settings"]["email_authentication"] is False
    assert oidc.origins(apps) == ["https://id.test"]


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ("{", "no JSON"),
        ("{}", "list of objects"),
        ('[{"id": "a"}]', "missing are client_id, name, secret, server_url"),
        ([GOOD | {"trust": True}], "unknown are trust"),
        ([GOOD | {"trust_email": "no"}], "either true or false"),
        ([GOOD, GOOD], "each id may occur once"),
    ],
)
def test_what_is_wrong_in_the_environment_is_said(entries, complaint):

    text = entries if isinstance(entries, str) else json.dumps(entries)
    with pytest.raises(ImproperlyConfigured, match=complaint):
        oidc.apps(text)
