"""Groups proposed for what is in none: near in meaning, with a topic that fits."""

from datetime import datetime

import numpy as np
from django.db import transaction

from challenges.models import NeedsSurvey
from challenges.surveys.needs import title_of
from marketplace.grouping.clustering import Cluster, clusters
from marketplace.grouping.models import NeedGroup, Proposal, Statement
from marketplace.matching import passages, vectors
from marketplace.matching.embeddings import UnavailableError, Vectors, unit
from profiles.models import Topic


def propose(proposal: Proposal, *, at: datetime) -> None:
    """Fill the proposal. What somebody has put into a group stays there."""
    try:
        _propose(proposal)
    except UnavailableError:
        proposal.finish(at=at, is_failed=True)
        raise
    proposal.finish(at=at)


def _propose(proposal: Proposal) -> None:
    Statement.objects.collect(proposal.question)
    survey = proposal.survey
    waiting = Statement.objects.of_survey(survey).ungrouped().select_related("answer")
    statements = list(waiting.order_by("pk"))
    if not statements:
        return
    topics = list(Topic.objects.filter(parent__isnull=False).order_by("pk"))
    of_topics = vectors.embedded_topics([passages.of_topic(topic) for topic in topics])
    of_texts = vectors.embedded([statement.text for statement in statements])
    middle = (of_topics if len(topics) > 1 else of_texts).mean(axis=0)
    if len(of_texts) == 1 and len(topics) <= 1:
        middle = np.zeros_like(middle)
    near = unit(of_topics - middle) if topics else of_topics
    found = clusters(unit(of_texts - middle))
    with transaction.atomic():
        free = _still_ungrouped(proposal, statements)
        for cluster in found:
            _save(survey, cluster, statements, free, _topic(cluster, topics, near))


def _still_ungrouped(proposal: Proposal, statements: list[Statement]) -> set[int]:
    """Lock what nobody has put into a group while the texts were embedded.

    The lock on the proposal lets a second worker wait, and find nothing left.
    """
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    keys = [statement.pk for statement in statements]
    rows = Statement.objects.filter(pk__in=keys).ungrouped().order_by("pk")
    return set(rows.select_for_update().values_list("pk", flat=True))


def _topic(cluster: Cluster, topics: list[Topic], near: Vectors) -> Topic | None:
    return topics[int(np.argmax(near @ cluster.centre))] if topics else None


def _save(
    survey: NeedsSurvey,
    cluster: Cluster,
    statements: list[Statement],
    free: set[int],
    topic: Topic | None,
) -> None:
    """A group of one is none: it stays for a person to place."""
    rows = zip(cluster.rows, cluster.closeness, strict=True)
    near = {statements[row]: closeness for row, closeness in rows if statements[row].pk in free}
    if len(near) < 2:
        return
    members = list(near)
    title = topic.name_de if topic else title_of(members[0].text)
    group = NeedGroup.objects.add(survey, title, topic)
    for member, closeness in near.items():
        member.group, member.closeness = group, closeness
    Statement.objects.bulk_update(members, ["group", "closeness"], batch_size=500)
