"""How strongly a safety rule speaks."""

from enum import StrEnum


class Severity(StrEnum):
    """The four levels, and what the application does at each."""

    BLOCK = "block"
    MAJOR = "major"
    MODERATE = "moderate"
    INFO = "info"

    @property
    def label(self) -> str:
        """The level as a word for the page."""
        return {
            Severity.BLOCK: "Contraindicated",
            Severity.MAJOR: "Major",
            Severity.MODERATE: "Moderate",
            Severity.INFO: "Note",
        }[self]

    @property
    def behaviour(self) -> str:
        """What happens when a rule of this level fires."""
        return {
            Severity.BLOCK: "cannot be saved without the designated prescriber's typed reason",
            Severity.MAJOR: "interrupts; a reason is required",
            Severity.MODERATE: "warns with advice, without interrupting",
            Severity.INFO: "is a note only",
        }[self]

    @property
    def rank(self) -> int:
        """0 for the strongest level, 3 for the weakest."""
        return tuple(Severity).index(self)
