from marketplace.matching.hit_html import Hit, Reader, articles
from marketplace.matching.reasons import Reason

HIT = Hit(
    match=1001,
    slug="kita-navi",
    title="<b>Kita</b>",
    provider="Wort & Kaskade",
    price="ab 1.000 €",
    percent=71,
    is_fair=True,
    violations=[],
    reasons=[Reason("Gemeinsames Thema: <i>"), Reason("BSI C5 fehlt", is_gap=True)],
)
STRANGER = Reader(need=5, is_own=False, may_reject=False)


def written(hit=HIT, reader=STRANGER):
    [article] = articles([hit], reader, level="h2")
    return article


def test_what_others_have_written_is_text():
    text = written()
    assert "&lt;b&gt;Kita" in text
    assert "Wort &amp; Kaskade" in text
    assert "Thema: &lt;i&gt;" in text
    assert "<b>" not in text


def test_a_score_is_never_without_reasons_and_gaps():
    text = written()
    assert "71 von 100 Punkten" in text
    assert 'class="match-reason"><span class="kern-sr-only">Dafür: </span>Gemeinsames' in text
    assert 'class="match-gap"><span class="kern-sr-only">Lücke: </span>BSI C5 fehlt' in text


def test_only_its_own_people_ask_and_only_deciders_hide():
    assert "Anbieter fragen" not in written()
    assert "Passt nicht" not in written(reader=Reader(5, is_own=True, may_reject=False))
    own = written(reader=Reader(5, is_own=True, may_reject=True))
    assert 'href="/bedarfe/5/treffer/kita-navi/' in own
    assert "Anbieter fragen" in own


def test_a_near_miss_names_what_it_violates_and_cannot_be_hidden():
    miss = HIT._replace(violations=["hosting", "budget"])
    text = written(miss, Reader(5, is_own=True, may_reject=True))
    assert "Verletzt: Betrieb, Budget" in text
    assert "Passt nicht" not in text
