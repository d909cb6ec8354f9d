from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from marketplace.comparison.facts import rows_of
from profiles.models import Solution
from tests.factories import make_claim, make_deployment, make_solution, make_standard, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    def get(*solutions: Solution | str, **parameters: str):
        slugs = [str(getattr(solution, "slug", solution)) for solution in solutions]
        response = client.get(reverse("comparison"), {"solution": slugs, **parameters})
        assert response.status_code == 200
        return response

    return get


def row(label: str, *solutions: Solution):
    loaded = Solution.objects.for_page().in_bulk([solution.pk for solution in solutions])
    rows = rows_of([loaded[solution.pk] for solution in solutions])
    return next(each for each in rows if each.label == label)


def test_solutions_stand_side_by_side_in_the_order_of_the_address(shown):
    first, second = make_solution(title="Zebra"), make_solution(title="Antilope")
    text = shown(first, second).content.decode()
    assert text.index("Zebra</a>") < text.index("Antilope</a>")


def test_a_difference_is_said_in_words(shown):
    first, second = make_solution(phase="P3"), make_solution(phase="P5")
    assert row("Phase", first, second).differs
    assert not row("Lizenz", first, second).differs
    assert "unterschiedlich" in shown(first, second).content.decode()


def test_only_differences_leaves_out_what_is_equal(shown):
    solutions = make_solution(phase="P3"), make_solution(phase="P5")
    labels = [each.label for each in shown(*solutions, differences="on").context["choice"].rows]
    assert "Phase" in labels
    assert "Lizenz" not in labels


def test_equal_solutions_have_no_differences(shown):
    first = make_solution()
    second = make_solution(provider=first.provider)
    assert "In keiner Angabe" in shown(first, second, differences="on").content.decode()


def test_what_a_provider_does_not_say_is_named():
    solution = make_solution(hosting=[], interfaces="", languages=[])
    for label in ("Betrieb", "Schnittstellen", "Sprachen"):
        assert row(label, solution).texts == ["keine Angabe"]


def test_each_standard_that_one_claims_is_a_row_with_its_state():
    standard = make_standard(name_de="BSI C5")
    one, other = make_solution(), make_solution()
    make_claim(one, standard, status="evidence_uploaded")
    assert row("Standard: BSI C5", one, other).texts == ["Nachweis hinterlegt", "keine Angabe"]


def test_only_confirmed_references_are_named():
    solution = make_solution()
    named = make_deployment(solution).municipality
    make_deployment(solution, confirmed_at=None)
    found = row("Referenzen, von der Kommune bestätigt", solution)
    assert found.texts == [f"{named.name} (Hessen)"]
    assert row("Zahl der Referenzen", solution).texts == ["1"]


def test_four_are_compared_and_the_fifth_is_said_to_be_missing(shown):
    response = shown(*[make_solution() for _ in range(5)])
    assert len(response.context["choice"].solutions) == 4
    assert "1 weitere ist nicht dabei" in response.content.decode()


def test_each_is_compared_only_once(shown):
    solution = make_solution()
    assert shown(solution, solution).context["choice"].solutions == [solution]


def test_what_is_not_published_is_as_unknown_as_what_never_was(shown):
    draft = make_solution(title="Geheim", published_at=None)
    text = shown(draft, "gibt-es-nicht").content.decode()
    assert f"Zu „{draft.slug}“ gibt es keine" in text
    assert "Zu „gibt-es-nicht“ gibt es keine" in text
    assert "Geheim" not in text


def test_another_solution_is_found_by_words_and_added_by_a_link(shown):
    first = make_solution(title="Zebra")
    other = make_solution(title="Formularserver")
    response = shown(first, search="Formular")
    [(found, address)] = response.context["choice"].additions
    assert found == other
    assert address == f"{reverse('comparison')}?solution={first.slug}&solution={other.slug}"


def test_an_empty_comparison_offers_a_search(shown):
    assert "Lösung suchen" in shown().content.decode()


def test_the_book_holds_the_rows_and_where_they_are_from(client):
    first, second = make_solution(title="=cmd()", phase="P3"), make_solution(phase="P5")
    asked = {"solution": [first.slug, second.slug], "differences": "on"}
    response = client.get(reverse("comparison_xlsx"), asked)
    table, about = load_workbook(BytesIO(response.content)).worksheets
    head, *rows = table.values
    assert head == ("Merkmal", "'=cmd()", second.title)
    assert "Phase" in [cells[0] for cells in rows]
    said = dict(about.values)
    assert said["Adresse dieses Vergleichs"].startswith("http://testserver/vergleich/?solution=")
    assert "ungeprüft" in said["Hinweis"]


@pytest.mark.parametrize(("prefix", "language"), [("", "de-DE"), ("/en", "en-GB")])
def test_the_paper_is_in_the_language_of_the_page(client, prefix, language):
    solution = make_solution(title="Formulare")
    address = f"{prefix}{reverse('comparison_pdf')}"
    response = client.get(address, {"solution": solution.slug})
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    assert reader.trailer["/Root"]["/Lang"] == language
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Formulare" in text
    assert f"/vergleich/?solution={solution.slug}" in text.replace("\n", "")


@pytest.mark.parametrize("name", ["comparison_pdf", "comparison_xlsx"])
def test_exports_of_nothing_are_no_trouble(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_a_solution_page_leads_to_the_comparison(client):
    solution = make_solution()
    text = client.get(solution.get_absolute_url()).content.decode()
    assert f"{reverse('comparison')}?solution={solution.slug}" in text


def test_four_need_as_many_queries_as_one(shown, django_assert_max_num_queries):
    solutions = []
    for _ in range(4):
        solution = make_solution(topics=[make_topic()])
        make_claim(solution, make_standard())
        make_deployment(solution)
        solutions.append(solution)
    with django_assert_max_num_queries(8) as few:
        shown(solutions[0])
    with django_assert_max_num_queries(len(few)):
        shown(*solutions)
