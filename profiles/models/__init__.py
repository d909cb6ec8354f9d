from profiles.contact.models import Message, MessageReport, Reading, Thread
from profiles.deployments.models import ConfirmationRequest, DeploymentAnswer
from profiles.files.models import SolutionFile, StoredFile
from profiles.keeping.models import SolutionDraft
from profiles.mail.models import Mail
from profiles.mail.preferences import MailPreference
from profiles.models.deployments import Deployment
from profiles.models.memberships import Membership
from profiles.models.met_phases import MetPhase
from profiles.models.organisations import Organisation
from profiles.models.people import User
from profiles.models.providers import Provider
from profiles.models.scales import Hosting, Licence, OperatorModel, Phase, TechnologyTag, Topic
from profiles.models.solutions import Solution
from profiles.models.standards import Standard, StandardClaim
from profiles.models.territory import Municipality, SizeClass, State
from profiles.models.text import SearchDocument, SearchWord, StemPostings
from profiles.organisations.models import Invitation, JoinRequest

__all__ = [
    "ConfirmationRequest",
    "Deployment",
    "DeploymentAnswer",
    "Hosting",
    "Invitation",
    "JoinRequest",
    "Licence",
    "Mail",
    "MailPreference",
    "Membership",
    "Message",
    "MessageReport",
    "MetPhase",
    "Municipality",
    "OperatorModel",
    "Organisation",
    "Phase",
    "Provider",
    "Reading",
    "SearchDocument",
    "SearchWord",
    "SizeClass",
    "Solution",
    "SolutionDraft",
    "SolutionFile",
    "Standard",
    "StandardClaim",
    "State",
    "StemPostings",
    "StoredFile",
    "TechnologyTag",
    "Thread",
    "Topic",
    "User",
]
