"""All safety rules on one regimen, before a change is signed and whenever a fact changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from apps.clinical.findings import Answer
from apps.clinical.rulebook import load_package
from apps.clinical.safety.book import SafetyResult, SafetyRule, registered
from apps.clinical.safety.case import Case
from apps.clinical.safety.evidence import Missing
from apps.clinical.safety.facts import IntakeLog, PatientFacts, ProposedChange, RegimenLine, SafetySettings
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import GROUPS


@dataclass(frozen=True, slots=True)
class SafetyRun:
    """The answers of every rule that ran.

    switched_off: the numbers that were left out because the clinic has switched them off. not_in_any_list: medicines
    whose content is recorded but of which no list of substances knows an ingredient, so that no interaction can fire.
    not_identified: medicines whose content is not recorded.
    """

    results: tuple[SafetyResult, ...]
    switched_off: tuple[str, ...]
    not_in_any_list: tuple[RegimenLine, ...]
    not_identified: tuple[RegimenLine, ...]

    @property
    def rules_run(self) -> int:
        """How many rules ran."""
        return len(self.results)

    @property
    def fired(self) -> tuple[SafetyResult, ...]:
        """The rules that fired, strongest first."""
        found = [each for each in self.results if each.severity]
        return tuple(sorted(found, key=lambda each: each.severity.rank if each.severity else 0))

    @property
    def fired_but_open(self) -> tuple[SafetyResult, ...]:
        """The rules that fired while a further line of them is open; it may speak more strongly."""
        return tuple(each for each in self.fired if each.missing)

    @property
    def cannot_assess(self) -> tuple[SafetyResult, ...]:
        """The rules that could not be assessed."""
        return tuple(each for each in self.results if each.finding.answer is Answer.CANNOT_TELL)

    @property
    def did_not_fire(self) -> tuple[SafetyResult, ...]:
        """The rules that did not fire."""
        return tuple(each for each in self.results if each.finding.answer is Answer.NOT_MET)

    @property
    def strongest(self) -> Severity | None:
        """The strongest severity that fired; None when no rule fired."""
        return self.fired[0].severity if self.fired else None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that is not recorded, each once."""
        return tuple(dict.fromkeys(gap for each in self.results for gap in each.missing))

    @property
    def summary(self) -> str:
        """One sentence for the page; it never says that a regimen is safe."""
        fired = f"{_counted(len(self.fired))} fired" if self.fired else "No rule fired"
        return f"{fired}; {len(self.cannot_assess)} cannot be assessed; {_counted(self.rules_run)} ran."


def all_safety_rules() -> tuple[SafetyRule, ...]:
    """Every safety rule, in the order of its number."""
    _load()
    return registered()


def run_safety(
    facts: PatientFacts,
    regimen: Iterable[RegimenLine],
    intakes: IntakeLog | None,
    *,
    today: date,
    change: ProposedChange | None = None,
    settings: SafetySettings | None = None,
    switched_off: Iterable[str] = (),
) -> SafetyRun:
    """Apply every safety rule.

    regimen: what is prescribed and reported; for a proposed change, the regimen as it would be. intakes: the doses of
    the last days, None when there is no diary. change: what is about to be signed, for the rules about stopping and
    signing. switched_off: numbers of rules ("S-22") the clinic has switched off.

    Raises ValueError when a number is switched off that no rule has.
    """
    rules, lines, without = all_safety_rules(), tuple(regimen), frozenset(switched_off)
    if strange := sorted(without - {rule.number for rule in rules}):
        raise ValueError(f"no safety rule is called {', '.join(strange)}")
    case = Case(facts, lines, intakes, today, change, settings or SafetySettings())
    return SafetyRun(
        results=tuple(rule.run(case) for rule in rules if rule.number not in without),
        switched_off=tuple(sorted(without)),
        not_in_any_list=tuple(line for line in case.running if line.ingredients is not None and not _listed(line)),
        not_identified=tuple(line for line in case.running if line.ingredients is None),
    )


@cache
def _load() -> None:
    load_package("apps.clinical.safety")


def _listed(line: RegimenLine) -> bool:
    return any(group.holds(line) for group in GROUPS)


def _counted(number: int) -> str:
    return f"{number} {'rule' if number == 1 else 'rules'}"
