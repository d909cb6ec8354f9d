"""What becomes of claims while somebody writes at the draft of their solution."""

import pytest
from django.urls import reverse
from django.utils import timezone

from profiles.keeping.publishing import publish
from profiles.keeping.snapshots import snapshot
from profiles.keeping.steps import Whole
from profiles.models import StandardClaim
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_claim,
    make_draft,
    make_file,
    make_member,
    make_solution,
    make_standard,
    make_topic,
    make_user,
    make_verified_provider,
    make_writer,
)

NOW = timezone.now()
URL = "https://muster.example/nachweis"


@pytest.fixture
def claim(db) -> StandardClaim:
    solution = make_solution(provider=make_verified_provider(), topics=[make_topic()])
    return make_claim(solution, make_standard("bsi"))


def begun(claim: StandardClaim, **changes):
    """Return a draft as "change" begins it, in which somebody has changed the claim then."""
    solution = claim.solution
    draft = make_draft(provider=solution.provider, solution=solution, data=snapshot(solution))
    stated = draft.data["claims"][0]
    draft.change({"claims": [stated | changes]}, seen=1, by=make_user(), at=NOW)
    return draft


def check(claim: StandardClaim) -> None:
    claim.status, claim.verified_at, claim.verified_by = "verified", LONG_AGO, make_user()
    claim.save()


def upload(claim: StandardClaim) -> None:
    claim.replace_evidence(make_file(claim.solution.provider.organisation, kind="evidence"))


def put_out(draft) -> StandardClaim:
    assert not Whole(draft).problems()
    assert draft.submit(seen=draft.version, by=make_user(), at=NOW)
    assert publish(draft, seen=draft.version, by=make_user(), at=NOW)
    return StandardClaim.objects.get()


def test_a_paper_that_comes_meanwhile_stays(claim):
    draft = begun(claim)
    upload(claim)
    assert put_out(draft).status == "evidence_uploaded"


def test_a_check_that_comes_meanwhile_stays_with_who_made_it(claim):
    draft = begun(claim)
    upload(claim)
    check(claim)
    written = put_out(draft)
    assert (written.status, written.verified_by) == ("verified", claim.verified_by)


@pytest.mark.parametrize("paper", [upload, lambda claim: claim.replace_evidence(None)])
def test_a_check_that_ended_meanwhile_is_over(claim, paper):
    check(claim)
    draft = begun(claim)
    paper(claim)
    assert put_out(draft).status == claim.status


@pytest.mark.parametrize("checked", [True, False])
def test_a_changed_claim_keeps_its_paper_and_no_check(claim, checked):
    draft = begun(claim, scope="Alles")
    upload(claim)
    if checked:
        check(claim)
    written = put_out(draft)
    assert (written.status, written.scope) == ("evidence_uploaded", "Alles")
    assert written.verified_by is None


def test_who_chooses_another_status_gets_it(claim):
    claim.evidence_url = URL
    claim.save()
    draft = begun(claim, status="evidence_uploaded")
    assert put_out(draft).status == "evidence_uploaded"


def test_what_the_admins_took_away_is_no_check_for_who_still_states_it(claim):
    upload(claim)
    check(claim)
    draft = begun(claim)
    claim.delete()
    assert put_out(draft).status == "self_declared"


def technology(client, draft) -> str:
    client.force_login(make_writer(draft.provider))
    return reverse("keeping:step", args=[draft.pk, "technik"])


def sent(page, **changes) -> dict:
    """Return what the browser sends of a step whose one row of claims is changed like that."""
    shown = page.context["page"]
    row = shown.claims.forms[0]
    fields = {name: shown.form[name].value() for name in shown.form.fields}
    fields |= {row[name].html_name: row[name].value() for name in row.fields}
    fields |= {f"claims-0-{name}": value for name, value in changes.items()}
    counts = {"claims-TOTAL_FORMS": "1", "claims-INITIAL_FORMS": "1"}
    filled = {name: value for name, value in fields.items() if value}
    return filled | counts | {"version": page.context["version"]}


def test_a_step_shows_todays_status_and_keeps_none_that_nobody_chose(client, claim):
    draft = begun(claim)
    step = technology(client, draft)
    upload(claim)
    page = client.get(step)
    assert page.context["page"].claims.forms[0]["status"].value() == "evidence_uploaded"
    assert client.post(step, sent(page, scope="Alles")).status_code == 302
    draft.refresh_from_db()
    claim.replace_evidence(None)
    written = put_out(draft)
    assert (written.status, written.scope) == ("self_declared", "Alles")


def test_a_step_asks_for_no_address_where_a_file_lies(client, claim):
    upload(claim)
    check(claim)
    draft = begun(claim)
    step = technology(client, draft)
    changed = sent(client.get(step), status="evidence_uploaded", scope="Alles")
    assert client.post(step, changed).status_code == 302
    draft.refresh_from_db()
    assert put_out(draft).status == "evidence_uploaded"


def test_nothing_backs_a_claim_whose_address_is_taken_away(client, claim):
    claim.status, claim.evidence_url = "evidence_uploaded", URL
    claim.save()
    draft = begun(claim)
    step = technology(client, draft)
    page = client.post(step, sent(client.get(step), evidence_url=""))
    assert page.context["page"].claims.forms[0].errors["evidence_url"]


def test_who_compares_reads_nothing_of_a_status_that_nobody_changes(client, claim):
    draft = begun(claim)
    draft.submit(seen=draft.version, by=make_user(), at=NOW)
    upload(claim)
    client.force_login(make_member(make_agency(), "editor"))
    page = client.get(reverse("keeping:check", args=[draft.pk]))
    assert page.context["differences"] == []
    preview = client.get(reverse("keeping_preview", args=[draft.pk]))
    assert "Nachweis hinterlegt" in preview.content.decode()
