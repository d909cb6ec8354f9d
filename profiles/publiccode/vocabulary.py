"""Our words that the keys of a file can mean, read once for a file."""

from dataclasses import dataclass
from typing import Self

from profiles.models.scales import TechnologyTag, Topic
from profiles.models.standards import Standard


@dataclass(frozen=True)
class Vocabulary:
    """Names by key; `topic_by_name` has names of both languages in lower case."""

    topics: dict[str, str]
    topic_by_name: dict[str, str]
    tags: dict[str, str]
    standards: dict[str, str]

    @classmethod
    def load(cls) -> Self:
        topics = list(Topic.objects.all())
        by_name = {
            name.casefold(): topic.key
            for topic in topics
            for name in (topic.name_de, topic.name_en)
            if name
        }
        return cls(
            topics={topic.key: topic.name for topic in topics},
            topic_by_name=by_name,
            tags={tag.key: tag.name for tag in TechnologyTag.objects.all()},
            standards={standard.key: standard.name for standard in Standard.objects.all()},
        )
