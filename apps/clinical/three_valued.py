"""Yes, no and not known, joined so that doubt stays doubt unless something else settles the matter."""

from collections.abc import Iterable


def every(answers: Iterable[bool | None]) -> bool | None:
    """All must be yes: one no settles it, otherwise one "not known" leaves it open."""
    known = tuple(answers)
    if False in known:
        return False
    return None if None in known else True


def some(answers: Iterable[bool | None]) -> bool | None:
    """One yes is enough: without one, "not known" leaves it open."""
    known = tuple(answers)
    if True in known:
        return True
    return None if None in known else False


def at_least(number: int, answers: Iterable[bool | None]) -> bool | None:
    """So many must be yes: settled when the known ones suffice, or when the unknown ones could not help any more."""
    known = tuple(answers)
    certain = known.count(True)
    if certain >= number:
        return True
    return None if certain + known.count(None) >= number else False


def negated(answer: bool | None) -> bool | None:
    """Turn yes and no round; not known stays not known."""
    return None if answer is None else not answer
