"""What an application says: what is still missing in it, what is sealed, and the own copy."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.applications import files
from challenges.applications.drafts import Draft, empty
from challenges.applications.models import Application, FileSlot
from challenges.calls.sealing import padded
from profiles.models import Solution

FORMAT = "bewerbung/1"
LARGEST_COPY = 2_000_000  # bytes
LONGEST_ANSWER = 40_000  # characters; what counts are the words, when it is handed in


def words(text: str) -> int:
    return len(text.split())


def solutions_of(application: Application) -> "Any":
    """The published solutions that the applicant may attach."""
    published = Solution.objects.published()
    return published.filter(provider__organisation=application.organisation).order_by("title", "pk")


def missing(
    application: Application, draft: Draft, *, without: FileSlot | None = None
) -> list[str]:
    """Say in words what has to be done before it can be handed in; empty when it is complete.

    `without` is a file that is on its way.
    """
    return [
        *_missing_answers(application, draft),
        *(
            _("Im Preisblatt fehlt: %(label)s.") % {"label": position.label}
            for position in application.challenge.price_positions.all()
            if str(position.pk) not in draft["prices"]
        ),
        *(
            _("Es fehlt eine Datei: %(name)s") % {"name": slot.name}
            for slot, about in files.asked(application)
            if slot.is_required and about is None and slot != without
        ),
        *_missing_partners(application),
        *_not_eligible(application),
    ]


def _missing_answers(application: Application, draft: Draft) -> list[str]:
    said = []
    for question in application.challenge.form_questions.all():
        answer = draft["answers"].get(str(question.pk), "")
        count = words(answer)
        if question.is_required and not count:
            said.append(_("Es fehlt eine Antwort: %(text)s") % {"text": question.text})
        if count > question.max_words:
            given = {"text": question.text, "count": count, "most": question.max_words}
            sentence = ngettext(
                "Zu lang, %(count)s statt höchstens %(most)s Wort: %(text)s",
                "Zu lang, %(count)s statt höchstens %(most)s Wörter: %(text)s",
                question.max_words,
            )
            said.append(sentence % given)
    return said


def _missing_partners(application: Application) -> list[str]:
    return [
        _("%(name)s %(answer)s.") % {"name": partner.organisation, "answer": partner.answer}
        for partner in application.partners.select_related("organisation")
        if not partner.confirmed_at
    ]


def _not_eligible(application: Application) -> list[str]:
    wanted = application.challenge.eligible_kinds
    if not wanted or application.organisation.provider.kind in wanted:
        return []
    return [_("Diese Challenge richtet sich an andere Arten von Anbietern.")]


def total(draft: Draft) -> Decimal:
    return sum((Decimal(amount) for amount in draft["prices"].values()), Decimal(0))


def document(application: Application, draft: Draft) -> dict[str, Any]:
    """Return all that is handed in, readable without this program: texts, not keys."""
    challenge = application.challenge
    confirmed = application.partners.filter(confirmed_at__isnull=False)
    return {
        "format": FORMAT,
        "challenge": challenge.title,
        "applicant": application.organisation.name,
        "partners": [row.organisation.name for row in confirmed.select_related("organisation")],
        "answers": [
            {"question": question.text, "answer": draft["answers"].get(str(question.pk), "")}
            for question in challenge.form_questions.all()
        ],
        "prices": [
            {"position": position.label, "amount_eur": draft["prices"][str(position.pk)]}
            for position in challenge.price_positions.all()
        ],
        "total_eur": str(total(draft)),
        "solution": _snapshot(application, draft),
        "files": files.listed(application),
    }


def _snapshot(application: Application, draft: Draft) -> dict[str, Any] | None:
    """The solution as it is at this moment; what its page says later changes nothing here."""
    solution = solutions_of(application).filter(pk=draft["solution"]).first()
    if solution is None:
        return None
    return {
        "title": solution.title,
        "tagline": solution.tagline,
        "summary": solution.summary,
        "benefit": solution.benefit,
        "phase": solution.get_phase_display(),
        "licence": solution.get_licence_display(),
        "hosting": [str(label) for label in solution.hosting_labels],
        "interfaces": solution.interfaces,
        "data_processing": solution.data_processing,
        "price": str(solution.price_label),
        "standards": [str(standard) for standard in solution.standards.all()],
    }


def as_bytes(said: dict[str, Any]) -> bytes:
    """JSON, filled up to hide its length."""
    return padded(json.dumps(said, ensure_ascii=False).encode())


def own_copy(application: Application, draft: Draft) -> bytes:
    """Return what an applicant keeps, to begin a replacement with."""
    kept = document_for_copy(application, draft)
    return json.dumps(kept, ensure_ascii=False, indent=2).encode()


def document_for_copy(application: Application, draft: Draft) -> dict[str, Any]:
    questions = application.challenge.form_questions.in_bulk()
    positions = application.challenge.price_positions.in_bulk()
    return {
        "format": FORMAT,
        "challenge": application.challenge.slug,
        "answers": [
            {"id": pk, "question": question.text, "answer": draft["answers"].get(str(pk), "")}
            for pk, question in sorted(questions.items())
        ],
        "prices": [
            {"id": pk, "position": position.label, "amount_eur": draft["prices"].get(str(pk), "")}
            for pk, position in sorted(positions.items())
        ],
        "solution": draft["solution"],
    }


def from_copy(application: Application, text: bytes) -> Draft:
    """Return the draft that a copy holds; raises ValidationError if it is another one's."""
    try:
        copy = json.loads(text)
        return _draft_of(application, copy)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as error:
        raise ValidationError(
            _("Das ist keine Kopie einer Bewerbung für diese Challenge."), "copy"
        ) from error


def _draft_of(application: Application, copy: Any) -> Draft:
    if copy["format"] != FORMAT or copy["challenge"] != application.challenge.slug:
        raise ValueError("another challenge")
    draft = empty()
    field = forms.CharField(max_length=LONGEST_ANSWER, required=False)
    questions = set(application.challenge.form_questions.values_list("pk", flat=True))
    positions = set(application.challenge.price_positions.values_list("pk", flat=True))
    for row in copy["answers"]:
        if row["id"] in questions:
            answer = field.clean(row["answer"])
            answer.encode()  # half a character can be written in JSON, and nowhere else
            draft["answers"][str(row["id"])] = answer
    for row in copy["prices"]:
        if row["id"] in positions and row["amount_eur"]:
            draft["prices"][str(row["id"])] = str(_amount(row["amount_eur"]))
    solution = copy.get("solution")
    draft["solution"] = solution if isinstance(solution, int) else None
    return draft


def _amount(given: object) -> Decimal:
    amount = Decimal(str(given)).quantize(Decimal("0.01"))
    if not 0 <= amount < 10**10:
        raise ValueError("no amount")
    return amount
