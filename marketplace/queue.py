"""Work that a page hands over and does not wait for."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def queued(task: "Task[Any, Any]", *args: Any, **options: Any) -> bool:
    """Let a worker begin now; False, and a line in the log, where no broker takes it.

    The options are those of Celery, like `expires` in seconds.
    """
    try:
        task.apply_async(args=args, retry=False, **options)
    except OperationalError as problem:
        log.warning("No broker takes %s: %s", task.name, problem)
        return False
    return True
