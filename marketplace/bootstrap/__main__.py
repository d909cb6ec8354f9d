import sys

if sys.version_info < (3, 11):  # noqa: UP036  (whoever has an older one needs this very sentence)
    sys.exit(
        "Python 3.11 or newer is needed, this is {}.{}: name another one with "
        "`make PYTHON=python3.12 …`.".format(*sys.version_info)
    )

from marketplace.bootstrap import setup

if __name__ == "__main__":
    sys.exit(setup.main(sys.argv[1:]))
