from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.solutions.views import filtered
from profiles.filters import SolutionFilter
from profiles.models import Solution
from profiles.snapshot import Selection
from profiles.xml import AtomFeed

LENGTH = 30


class SolutionFeed(Feed):  # type: ignore[type-arg]
    """The newest hits of a filter, at the address of the list with the same parameters."""

    feed_type = AtomFeed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SolutionFilter:
        return filtered(request)

    def title(self) -> str:
        return _("Neue Lösungen auf dem GovTech-Marktplatz")

    def link(self, filterset: SolutionFilter) -> str:
        return f"{reverse('solutions')}?{filterset.data.urlencode()}"

    def items(self, filterset: SolutionFilter) -> list[Solution]:
        return Selection(filterset.hits(), filterset.queryset, "newest")[:LENGTH]

    def item_title(self, item: Solution) -> str:
        return item.title

    def item_description(self, item: Solution) -> str:
        return item.teaser

    def item_author_name(self, item: Solution) -> str:
        return item.provider.organisation.name

    def item_pubdate(self, item: Solution) -> Any:
        return item.published_at

    def item_updateddate(self, item: Solution) -> Any:
        return item.updated_at


solution_feed = login_not_required(SolutionFeed())
