#!/usr/bin/env python3
import os
import sys

# One thread for the maths library: with more, a forked worker can wait for ever.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
