"""The text by which a solution, a need or a topic is compared.

Title, sentence and description as one passage: chunks, titles apart and topics' names inside
the text were measured and did not help (docs/matching.md).
"""

import hashlib

from challenges.models import Need
from profiles.models import Solution, Topic

LONGEST = 4000  # characters; what the model reads beyond that changes the vector little


def of_solution(solution: Solution) -> str:
    return joined(solution.title, solution.tagline, solution.summary)


def of_need(need: Need) -> str:
    return joined(need.title, need.problem, need.wishes)


def of_topic(topic: Topic) -> str:
    """What it is, and how people say it: a line each."""
    about = joined(topic.name_de, topic.description_de, ", ".join(topic.synonyms_de))
    return "\n".join([about.replace("\n", " "), *topic.sayings_de])


def about_of(topic: str) -> str:
    """Return what it is, of the text of a topic."""
    return topic.split("\n", 1)[0]


def sayings_of(topic: str) -> str:
    """Return how people say it; without sayings, what it is."""
    return topic.split("\n", 1)[-1]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def joined(title: str, *others: str) -> str:
    text = ". ".join(part.strip() for part in (title, *others) if part.strip())
    return text.replace("\0", " ")[:LONGEST]
