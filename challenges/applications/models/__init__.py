from challenges.applications.models.applications import Application, Partner, Submission
from challenges.applications.models.files import FileSlot, SealedFile
from challenges.applications.models.keys import ChallengeKey, KeyCopy, KeyHolder, SealEntry
from challenges.applications.models.questions import FormQuestion, PricePosition

__all__ = [
    "Application",
    "ChallengeKey",
    "FileSlot",
    "FormQuestion",
    "KeyCopy",
    "KeyHolder",
    "Partner",
    "PricePosition",
    "SealEntry",
    "SealedFile",
    "Submission",
]
