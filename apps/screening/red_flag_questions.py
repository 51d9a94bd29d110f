"""The red flags as this clinic asks them: the age from which onset counts as late is its own decision."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.clinical.red_flags import OLDER_AGE_CHOICES, RedFlag

OLDER_AGE = "older_age"


def older_age() -> int:
    """After how many years an onset counts as late, `RED_FLAG_AGE`.

    Raises ImproperlyConfigured for an age that neither version of the source gives.
    """
    years: int = settings.RED_FLAG_AGE
    if years not in OLDER_AGE_CHOICES:
        raise ImproperlyConfigured(f"RED_FLAG_AGE: {years} is not one of {', '.join(map(str, OLDER_AGE_CHOICES))}.")
    return years


def question_of(flag: RedFlag) -> str:
    """What is asked: "Older age at onset (after 50 years)"."""
    return f"{flag.question} (after {older_age()} years)" if flag.code == OLDER_AGE else flag.question


def first_thoughts(flag: RedFlag) -> str:
    """What to think of first, and how soon it asks for a decision."""
    words = f"Think of: {flag.thoughts}. {flag.urgency.label.capitalize()}."
    if flag.code != OLDER_AGE:
        return words
    other = next(years for years in OLDER_AGE_CHOICES if years != older_age())
    return (
        f"{words} The sources disagree: {older_age()} is this clinic's setting, to be confirmed; the other is {other}."
    )
