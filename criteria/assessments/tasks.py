from celery import shared_task

from criteria.assessments import standing


@shared_task
def settle_all() -> None:
    standing.settle_all()
