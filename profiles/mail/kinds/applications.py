"""The mails about applications for challenges, and about judging them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject, Text

APPLICATION: Mapping[str, Text] = {
    "organisation": "Muster GmbH",
    "challenge": "Musterchallenge",
    "received": "3. Januar 2027, 11:59:58 (UTC+0100)",
    "checksum": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "link": "https://marktplatz.example/bewerbungen/1/",
}

DECIDED: Mapping[str, Text] = {
    "organisation": "Muster GmbH",
    "challenge": "Musterchallenge",
    "link": "https://marktplatz.example/bewertung/schreiben/1/",
}

REVIEW: Mapping[str, Text] = {
    "organisation": "Musterstadt",
    "challenge": "Musterchallenge",
    "link": "https://marktplatz.example/bewertung/musterchallenge/bogen/",
}

APPLICATIONS = Subject(
    name=_("Bewerbungen und Bewertung"),
    kinds=(
        MailKind(
            key="application_received",
            name=_("Eingang einer Bewerbung"),
            trigger=_("Wenn Ihre Organisation eine Bewerbung einreicht oder ersetzt."),
            may_be_switched_off=False,  # it is the receipt
            sample=APPLICATION,
        ),
        MailKind(
            key="application_withdrawn",
            name=_("Rückzug einer Bewerbung"),
            trigger=_("Wenn jemand eine Bewerbung Ihrer Organisation zurückzieht."),
            may_be_switched_off=False,
            sample={**APPLICATION, "person": "anbieter@demo.example"},
        ),
        MailKind(
            key="application_partner_asked",
            name=_("Bitte, Partner:in einer Bewerbung zu sein"),
            trigger=_("Wenn jemand sich mit Ihrer Organisation zusammen bewerben möchte."),
            may_be_switched_off=True,
            sample={
                "organisation": "Muster GmbH",
                "partner": "Beispiel GmbH",
                "challenge": "Musterchallenge",
                "link": "https://marktplatz.example/bewerbungen/partnerschaft/1/",
            },
        ),
        MailKind(
            key="application_decided",
            name=_("Entscheidung über eine Bewerbung"),
            trigger=_("Wenn über eine Challenge entschieden ist, bei der Sie sich beworben haben."),
            may_be_switched_off=False,  # it is the notice that applicants have a right to
            sample={
                **DECIDED,
                "outcome": "lost",
                "winner": "Beispiel GmbH",
                "standstill": "",
                "scores": "Eignung: 6/10 – Es fehlt ein Konzept zur Schulung.",
                "reason": "",
            },
        ),
        MailKind(
            key="application_winner",
            name=_("Wer den Zuschlag hat"),
            trigger=_("Wenn die Wartefrist nach einer Entscheidung vorbei ist."),
            may_be_switched_off=False,
            sample={**DECIDED, "winner": "Beispiel GmbH"},
        ),
        MailKind(
            key="reviewer_invited",
            name=_("Einladung, Bewerbungen zu bewerten"),
            trigger=_("Wenn jemand Sie einlädt, die Bewerbungen einer Challenge zu bewerten."),
            may_be_switched_off=False,
            sample=REVIEW,
        ),
        MailKind(
            key="review_reminder",
            name=_("Erinnerung an Ihre Bewertung"),
            trigger=_("Höchstens einmal je Schritt, wenn Ihr Bogen noch nicht abgeschlossen ist."),
            may_be_switched_off=True,
            sample=REVIEW,
        ),
    ),
)
