"""Everything between a fresh clone and a program that runs; standard library only.

`python3 -m marketplace.bootstrap run|dev`, from the project's folder, with any Python: an old
one has to understand enough of it to say that it is too old.
"""
