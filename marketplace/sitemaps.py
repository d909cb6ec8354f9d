from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as show
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from challenges.models import Challenge, NeedsSurvey
from criteria.models import Criterion, Term
from marketplace.models import Page
from profiles.models import Provider, Solution


class Bilingual(Sitemap):  # type: ignore[type-arg]
    i18n = alternates = True


class Fixed(Bilingual):
    def items(self) -> list[str]:
        pages = ["list", "network", "operator_models", "good_practices"]
        return [
            "home",
            "solutions",
            "market",
            "calls:list",
            "opendata:figures",
            "surveys:public_list",
            *(f"criteria:{page}" for page in pages),
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Solutions(Bilingual):
    def items(self) -> QuerySet[Solution]:
        return Solution.objects.published().newest_first()

    def lastmod(self, item: Solution) -> datetime:
        return item.updated_at


class Providers(Bilingual):
    def items(self) -> QuerySet[Provider]:
        return Provider.objects.published().select_related("organisation").by_name()


class Challenges(Bilingual):
    def items(self) -> QuerySet[Challenge]:
        return Challenge.objects.public().nearest_deadline_first()


class Surveys(Bilingual):
    def items(self) -> QuerySet[NeedsSurvey]:
        return NeedsSurvey.objects.published().newest_first()

    def location(self, item: NeedsSurvey) -> str:
        return reverse("surveys:public_results", args=[item.slug])

    def lastmod(self, item: NeedsSurvey) -> datetime | None:
        return item.results_published_at


class Criteria(Bilingual):
    def items(self) -> QuerySet[Criterion]:
        return Criterion.objects.current().select_related("catalogue").in_order()


class NamedByCriteria(Bilingual):
    def items(self) -> QuerySet[Term]:
        return Term.objects.pages()


class Pages(Bilingual):
    def items(self) -> QuerySet[Page]:
        return Page.objects.all()


MAPS: dict[str, type[Sitemap] | Sitemap] = {  # type: ignore[type-arg]
    "fixed": Fixed,
    "solutions": Solutions,
    "providers": Providers,
    "challenges": Challenges,
    "surveys": Surveys,
    "criteria": Criteria,
    "named by criteria": NamedByCriteria,
    "pages": Pages,
}


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return show(request, MAPS)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /konto/", "Disallow: /dev/"]
    lines += [f"Sitemap: {address}"]
    return HttpResponse("\n".join(lines), content_type="text/plain")
