"""What beat starts, and when; docs/operation.md tells what each is for."""

from celery.schedules import crontab

SCHEDULE = {
    "send the mails that are due": {
        "task": "profiles.mail.tasks.deliver_due",
        "schedule": 60,
        "options": {"expires": 60},  # a sweep that waited so long has a successor
    },
    "write down what the clock did to challenges": {
        "task": "challenges.calls.tasks.settle",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "remind of what runs out": {
        "task": "profiles.reminders.tasks.remind",
        "schedule": crontab(hour=7, minute=0),
    },
    "go on with the invitations of surveys": {
        "task": "challenges.surveys.tasks.go_on",
        "schedule": 5 * 60,
        "options": {"expires": 5 * 60},
    },
    "hand needs of surveys over to who was verified": {
        "task": "challenges.surveys.tasks.hand_over",
        "schedule": 10 * 60,
    },
    "remind of surveys": {
        "task": "challenges.surveys.tasks.remind",
        "schedule": crontab(hour=8, minute=0),
    },
    "sweep files that belong to nothing": {
        "task": "profiles.files.tasks.sweep_files",
        "schedule": 24 * 60 * 60,
    },
    "settle phases": {"task": "criteria.assessments.tasks.settle_all", "schedule": 24 * 60 * 60},
    "refresh posting lists": {
        "task": "profiles.tasks.refresh_postings",
        "schedule": 60 * 60,
        "options": {"expires": 60 * 60},
    },
    "forget old changes": {"task": "profiles.tasks.forget_old_changes", "schedule": 24 * 60 * 60},
    "remind of needs that are overdue": {
        "task": "challenges.needs.tasks.remind_owners",
        "schedule": 6 * 60 * 60,  # each is reminded of once; the next run makes up for a lost one
    },
    "tell what came of fields of action": {
        "task": "challenges.surveys.acting.tasks.tell_outcomes",
        "schedule": 10 * 60,  # what a lost task has left; each mail goes out once
    },
    "forget old mails": {"task": "profiles.mail.tasks.forget_old", "schedule": 24 * 60 * 60},
    "match what has changed": {
        "task": "marketplace.matching.tasks.update_matches",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "tell people what is new": {
        "task": "marketplace.alerts.tasks.tell_everybody",
        "schedule": 15 * 60,  # and as soon as matches have changed
        "options": {"expires": 15 * 60},
    },
    "match all needs": {
        "task": "marketplace.matching.tasks.match_all",
        "schedule": crontab(hour=2, minute=30),  # what a date alone changes, such as a certificate
    },
    "embed what has no vector": {
        "task": "marketplace.matching.tasks.embed_all",
        "schedule": crontab(hour=1, minute=30),
    },
}
