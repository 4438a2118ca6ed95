"""What the quickstart calls in Python."""

import re

_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def words(name):
    """The words of an identifier."""
    return _WORD.findall(name)
