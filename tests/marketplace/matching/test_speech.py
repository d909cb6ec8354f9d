"""What topics teach about the way from everyday words to those of vendors."""

import numpy as np
import pytest

from marketplace.matching import vectors
from marketplace.matching.embeddings import IN_PROCESS, embed
from marketplace.matching.market import Market
from marketplace.matching.models import TopicVector
from marketplace.matching.speech import Speech
from profiles.models import Solution
from tests.factories import make_solution, make_topic

pytestmark = pytest.mark.django_db
COMPLAINT = "Bei uns in der Straße ist es nachts stockfinster"


@pytest.fixture
def topics():
    upper = make_topic(name_de="Stadt")
    told = {
        "Straßenbeleuchtung": ("Leuchten steuern und warten", "Die Laterne ist wieder dunkel"),
        "Abfall": ("Behälter leeren und Touren planen", "Die Tonne quillt schon wieder über"),
        "Eheschließung": ("Trauungen und Urkunden", "Wir wollen endlich heiraten"),
    }
    return {
        name: make_topic(name_de=name, description_de=about, sayings_de=[said], parent=upper)
        for name, (about, said) in told.items()
    }


def refreshed() -> Market:
    vectors.refresh_topics()
    return Market.load()


def test_a_need_in_the_words_of_sayings_moves_towards_the_words_of_the_description(topics):
    for topic in topics.values():
        make_solution(title=topic.name_de, summary=topic.description_de)
    vectors.refresh_solutions(Solution.objects.values_list("pk", flat=True))
    market = refreshed()
    need, described, other = market.centred(
        embed([COMPLAINT, "Leuchten steuern und warten", "Trauungen und Urkunden"])
    )
    moved = market.speech.translated(need[None])[0]
    assert moved @ described > need @ described
    assert moved @ (described - other) > need @ (described - other)


def test_without_sayings_nothing_changes(topics):
    for topic in topics.values():
        topic.sayings_de = []
        topic.save()
    market, need = refreshed(), embed([COMPLAINT])
    assert len(market.topics) == len(topics)
    assert np.array_equal(market.speech.translated(need), need)
    assert np.array_equal(market.centred_as_said(need), market.centred(need))


def test_rows_that_know_no_sayings_yet_rank_as_before_until_they_are_renewed(topics):
    refreshed()
    TopicVector.objects.update(about=None, said=None)
    market, need = Market.load(), embed([COMPLAINT])
    assert len(market.topics) == len(topics)
    assert np.array_equal(market.speech.translated(need), need)
    assert vectors.refresh_topics() == len(topics) + 1
    assert len(Market.load().speech.said) == len(topics)


def test_topics_without_sayings_teach_nothing_but_keep_their_place_in_the_profile(topics):
    topics["Abfall"].sayings_de = []
    topics["Abfall"].save()
    market = refreshed()
    assert (len(market.topics), len(market.speech.said)) == (3, 2)


def test_only_a_topic_whose_sayings_change_is_embedded_anew(topics):
    refreshed()
    stored = TopicVector.objects.get(topic=topics["Abfall"])
    topics["Abfall"].sayings_de.append("Überall liegen gelbe Säcke")
    topics["Abfall"].save()
    assert vectors.refresh_topics() == 1
    renewed = TopicVector.objects.get(topic=topics["Abfall"])
    assert renewed.said != stored.said
    assert renewed.about == stored.about
    assert vectors.refresh_topics() == 0


def test_topics_of_another_model_teach_nothing(topics):
    refreshed()
    TopicVector.objects.update(model="another")
    market = Market.load()
    assert market.model == IN_PROCESS
    assert not len(market.speech.said)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_topics_leave_a_need_as_it_is(count):
    said, about, need = embed(["Es ist dunkel", "Beleuchtung", "Licht ist aus"])
    speech = Speech.learnt(said=said[None][:count], about=about[None][:count])
    assert np.allclose(speech.translated(need[None]), need, atol=1e-6)
