import pytest
from django.template import Context, engines
from django.urls import set_script_prefix
from django.utils.translation import override

TEXT = '{% load i18n %}{% translate "Menü" %}'


@pytest.fixture
def prefix_of_today():
    yield
    set_script_prefix("/")


def template(source):
    return engines["django"].from_string(source)


def test_a_text_is_kept_for_each_language():
    page = template(TEXT)
    for _ in range(2):
        assert page.render() == "Menü"
        with override("en"):
            assert page.render() == "Menu"


def test_a_text_that_is_not_the_same_each_time_is_asked_each_time():
    page = template("{% load i18n %}{% translate text %} {% translate 'Menü' as kept %}{{ kept }}")
    assert page.render({"text": "Menü"}) == "Menü Menü"
    assert page.render({"text": "Schließen"}) == "Schließen Menü"


def test_a_filter_looks_at_each_page():
    page = template('{% load i18n %}{% translate "Menü"|slice:length %}')
    assert [page.render({"length": length}) for length in (":1", ":2")] == ["M", "Me"]


def test_an_address_follows_its_language_and_the_place_of_the_site(prefix_of_today):
    page = template('{% url "solutions" %} {% url "solution" "a-b" %} {% url "solution" slug %}')
    assert page.render({"slug": "c"}) == "/loesungen/ /loesungen/a-b/ /loesungen/c/"
    with override("en"):
        assert page.render({"slug": "d"}) == "/en/loesungen/ /en/loesungen/a-b/ /en/loesungen/d/"
    set_script_prefix("/markt/")
    assert page.render({"slug": "e"}).split()[0] == "/markt/loesungen/"


def test_a_mail_is_not_escaped_because_a_page_was():
    page = template('{% load i18n %}{% url "solution" "a" as here %}{{ here }}').template
    assert page.render(Context({}, autoescape=False)) == page.render(Context({}))
