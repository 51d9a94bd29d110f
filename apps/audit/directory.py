"""How the access log names patients. The log itself knows ids only; the app that keeps patients registers here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class PatientDirectory:
    """`find`: a typed clinic number -> id, or None. `labels`: ids -> clinic numbers, in one query.

    Numbers and not names: whoever reads the log has to know which record it was, not who is ill.
    """

    find: Callable[[str], UUID | None]
    labels: Callable[[Collection[UUID]], dict[UUID, str]]


_registered: list[PatientDirectory] = []


def register(directory: PatientDirectory) -> None:
    """Name the one directory of this installation; called when the application starts."""
    _registered[:] = [directory]


def directory() -> PatientDirectory:
    """The registered directory; one that knows nobody when there is none."""
    return _registered[0] if _registered else PatientDirectory(find=lambda typed: None, labels=lambda ids: {})
