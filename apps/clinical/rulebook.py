"""The list of all rules, from which the clinic's printed rule book is made.

A rule is declared once, as a `Rule`, beside the function that defines it:

    RULE = Rule(id="diary.headache_days", version="1.0", ...)

    @RULE.defines
    def headache_days(...): ...

The function's docstring is the definition in the clinic's words; it is what clinicians sign.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from apps.clinical.findings import Answer, Certainty, Fact, Finding, Interval

Defining = TypeVar("Defining", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number a rule compares with, and why it is this number."""

    label: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One definition: its name, version, source and thresholds.

    version: "major.minor"; major changes when an answer can change, minor when only words do.
    source: the publication, or "clinic convention". certainty: how firmly it stands on it.
    """

    id: str
    version: str
    title: str
    source: str
    certainty: Certainty
    thresholds: tuple[Threshold, ...] = ()

    def defines(self, function: Defining) -> Defining:
        """Enter the rule in the rule book with this function's docstring as its definition.

        Raises ValueError when the id is taken by another rule or the function says nothing.
        """
        # What the function raises is for programmers; the definition above it is for clinicians.
        definition = (inspect.getdoc(function) or "").partition("\nRaises ")[0].strip()
        if not definition:
            raise ValueError(f"rule {self.id} has no definition: write a docstring")
        if self.id in _ENTRIES:
            raise ValueError(f"two rules are called {self.id}")
        _ENTRIES[self.id] = Entry(self, definition)
        return function

    def finding(
        self,
        *,
        answer: Answer,
        headline: str,
        interval: Interval | None = None,
        threshold: int | None = None,
        facts: Iterable[Fact] = (),
        missing: Iterable[str] = (),
        deciding_days: Iterable[date] = (),
    ) -> Finding:
        """Make a finding that carries this rule's id, version, source and certainty."""
        return Finding(
            rule_id=self.id,
            rule_version=self.version,
            source=self.source,
            certainty=self.certainty,
            answer=answer,
            headline=headline,
            interval=interval,
            threshold=threshold,
            facts=tuple(facts),
            missing=tuple(missing),
            deciding_days=tuple(deciding_days),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as it stands in the rule book: the declaration and its definition in words."""

    rule: Rule
    definition: str


_ENTRIES: dict[str, Entry] = {}


def load_package(package_name: str) -> None:
    """Import every module of a package, so that all that declares itself there is known."""
    package = importlib.import_module(package_name)
    for found in pkgutil.walk_packages(package.__path__, prefix=f"{package_name}."):
        importlib.import_module(found.name)


def all_rules() -> tuple[Entry, ...]:
    """Give every rule of the clinic, in the order of its id."""
    load_package("apps.clinical")
    return tuple(_ENTRIES[rule_id] for rule_id in sorted(_ENTRIES))
