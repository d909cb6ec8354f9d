from celery import shared_task
from django.core.mail import send_mail


@shared_task
def deliver(to: str, subject: str, body: str) -> None:
    """Hand one mail to the mail server; the address is asked for once, no second try."""
    send_mail(subject, body, None, [to])
