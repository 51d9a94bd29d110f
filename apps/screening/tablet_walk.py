"""The way through one questionnaire, a question at a time. Plain functions of the instrument and the answers so far."""

from collections.abc import Mapping

from apps.clinical.instruments import Instrument, Item

Given = Mapping[str, int]


def item_at(found: Instrument, place: int) -> Item | None:
    """The question at a place, counted from 1; None where there is none."""
    return found.items[place - 1] if 1 <= place <= len(found.items) else None


def place_of(found: Instrument, item: Item) -> int:
    """Where a question stands in its questionnaire, counted from 1."""
    return found.items.index(item) + 1


def first_open(found: Instrument, answers: Given) -> Item:
    """The first question to be asked that has no answer; the last one when all have."""
    asked = found.asked(answers)
    return next((item for item in asked if item.key not in answers), asked[-1])


def item_after(found: Instrument, answers: Given, item: Item) -> Item | None:
    """The next question that these answers lead to; None after the last one."""
    place = place_of(found, item)
    return next((each for each in found.asked(answers) if place_of(found, each) > place), None)


def item_before(found: Instrument, answers: Given, item: Item) -> Item | None:
    """The question before that these answers lead to; None before the first one."""
    place = place_of(found, item)
    return next((each for each in reversed(found.asked(answers)) if place_of(found, each) < place), None)


def still_asked(found: Instrument, answers: Given) -> dict[str, int]:
    """The answers without those to questions that the answers before no longer lead to.

    The patient took them back by changing what led to them, and has no other way to: they are not shown again.
    """
    kept: dict[str, int] = {}
    for item in found.items:
        if item.key in answers and (item.asked_when is None or item.asked_when.holds(kept)):
            kept[item.key] = answers[item.key]
    return kept
