"""What waits for the demo accounts: two deployments to answer or judge, and two conversations."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from challenges.models import Need
from profiles.deployments.models import Verdict
from profiles.models import Deployment, Municipality, Organisation, Solution, Thread, User

PROVIDER, TOWN = "Wortkaskade GmbH", "Baunatal"
UNKNOWN = "hauptamt@melsungen.example"
QUESTION = (
    "Guten Tag, wir prüfen Ihre Lösung für zwei Gremien. Läuft sie auch in unserem kommunalen "
    "Rechenzentrum, und wie lange dauert die Einführung?"
)
OFFER = (
    "Guten Tag, zu Ihrem Bedarf haben wir eine Lösung, die in drei Kommunen läuft. Gern zeigen "
    "wir sie Ihnen an Ihren eigenen Beispielen."
)


@transaction.atomic
def load() -> None:
    """A second run changes nothing, whatever became of them. No mail is sent for them."""
    provider = Organisation.objects.get(name=PROVIDER)
    town = Organisation.objects.get(name=TOWN)
    if Thread.objects.filter(asking=town, answering=provider).exists():
        return
    solution = Solution.objects.filter(provider__organisation=provider).published().by_title()[0]
    _thread(town, provider, solution.title, QUESTION, days=2, solution=solution)
    need = Need.objects.filter(organisation=town).answerable().newest_first().first()
    if need:
        need.threads.add(_thread(provider, town, need.title, OFFER, days=1))
    _deployments(solution)


def _thread(
    asking: Organisation,
    answering: Organisation,
    subject: str,
    text: str,
    *,
    days: int,
    solution: Solution | None = None,
) -> Thread:
    at = timezone.now() - timedelta(days=days)
    thread = Thread.objects.create(
        asking=asking,
        answering=answering,
        subject=subject[:150],
        solution=solution,
        created_at=at,
    )
    author = asking.deciders()[0]
    thread.messages.create(organisation=asking, author=author, text=text, at=at)
    return thread


def _deployments(solution: Solution) -> None:
    """One that the town has not answered, one confirmed from an address that nobody knows."""
    at = timezone.now() - timedelta(days=3)
    by: User = solution.provider.organisation.deciders()[0]
    for place in (TOWN, "Melsungen"):
        municipality = Municipality.objects.get(name=place)
        given = {"phase": solution.phase, "result": "Protokolle entstehen am selben Tag."}
        deployment, is_new = Deployment.objects.get_or_create(
            solution=solution, municipality=municipality, defaults=given
        )
        if is_new:
            request = deployment.ask("" if place == TOWN else UNKNOWN, by=by, at=at)
            if place != TOWN:
                request.answer(Verdict(), by=None, at=at + timedelta(days=1))
