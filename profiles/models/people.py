from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def known_language(code: str | None) -> str:
    """Return the language of the site that a code like "en-gb" asks for; German for any other."""
    short = (code or "")[:2]
    return short if short in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language_of_page() -> str:
    return known_language(get_language())


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account that can sign in at once: whoever runs commands vouches for it."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.confirm_email()
        return user


class User(AbstractUser):
    """A person; the e-mail address is the login."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    language = models.CharField(  # at first that of the page on which the person signs up
        _("Sprache der Mails"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=language_of_page,
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    unread_threads: int  # by contact.inbox.unread_threads()

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Mit dieser E-Mail-Adresse gibt es schon ein Konto."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def short_name(self) -> str:
        """What fits into the head of a page: of an address what stands before the @."""
        return self.get_full_name() or self.email.partition("@")[0]

    def confirm_email(self) -> None:
        """Take the address for confirmed, without a mail to it."""
        from allauth.account.models import EmailAddress  # which imports this model

        own = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=self, email=self.email.lower(), defaults=own)


AnyUser = User | AnonymousUser
