"""Choices that look random and are the same every time."""

import random

SEED = "demo clinic 1"


def chance(*about: object) -> random.Random:
    """A source of choices for one subject, so that adding a choice elsewhere changes nothing here."""
    return random.Random(f"{SEED}:{':'.join(str(each) for each in about)}")  # noqa: S311 - invents, protects nothing
