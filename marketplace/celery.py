import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

from celery import Celery

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(
    [
        "challenges.calls",
        "challenges.needs",
        "challenges.surveys",
        "challenges.surveys.acting",
        "criteria.assessments",
        "marketplace.alerts",
        "marketplace.grouping",
        "marketplace.matching",
        "profiles.files",
        "profiles.mail",
        "profiles.reminders",
    ]
)
