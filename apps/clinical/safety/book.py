"""The list of safety rules, and what a rule answers with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apps.clinical.findings import Answer, Certainty, Fact, Finding
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.safety.case import Case
from apps.clinical.safety.evidence import Evidence, Missing
from apps.clinical.safety.facts import RegimenLine
from apps.clinical.safety.severity import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a rule: how strongly it speaks, whether it holds, and the advice when it does."""

    severity: Severity
    evidence: Evidence
    advice: str


Body = Callable[[Case], Iterator[Check]]


@dataclass(frozen=True, slots=True)
class SafetyResult:
    """The answer of one rule: met is "fired", not met "did not fire", cannot tell "cannot assess".

    number: the rule's id in the reference, "S-01". severity: the strongest line that fired; None when none did.
    warnings: every line that fired, strongest first. missing: what is not recorded, also beside a line that fired.
    lines: the medicines that decide.
    """

    number: str
    title: str
    finding: Finding
    severity: Severity | None
    warnings: tuple[Check, ...]
    missing: tuple[Missing, ...]
    lines: tuple[RegimenLine, ...]

    @property
    def outcome(self) -> str:
        """The answer as words for the page."""
        return {
            Answer.MET: "fired",
            Answer.NOT_MET: "did not fire",
            Answer.CANNOT_TELL: "cannot assess",
        }[self.finding.answer]


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """One rule of the list: its number, its entry in the rule book, and its lines."""

    number: str
    rule: Rule
    severity: Severity
    body: Body

    def run(self, case: Case) -> SafetyResult:
        """Apply the rule. It fires when one line holds; without one, an open line leaves it open."""
        checks = tuple(self.body(case))
        fired = tuple(sorted((each for each in checks if each.evidence.answer), key=lambda each: each.severity.rank))
        open_ = tuple(each for each in checks if each.evidence.answer is None)
        missing = tuple(dict.fromkeys(gap for each in open_ for gap in each.evidence.missing))
        answer = Answer.MET if fired else Answer.CANNOT_TELL if open_ else Answer.NOT_MET
        return SafetyResult(
            number=self.number,
            title=self.rule.title,
            finding=self._finding(answer, fired, missing),
            severity=fired[0].severity if fired else None,
            warnings=fired,
            missing=missing,
            lines=tuple(dict.fromkeys(line for each in (fired or open_) for line in each.evidence.lines)),
        )

    def _finding(self, answer: Answer, fired: tuple[Check, ...], missing: tuple[Missing, ...]) -> Finding:
        return self.rule.finding(
            answer=answer,
            headline={
                Answer.MET: f"{self.rule.title}: {fired[0].advice}" if fired else "",
                Answer.NOT_MET: f"{self.rule.title}: did not fire",
                Answer.CANNOT_TELL: f"{self.rule.title}: cannot assess",
            }[answer],
            facts=(Fact(" + ".join(each.evidence.reasons), f"{each.severity.label}: {each.advice}") for each in fired),
            missing=(each.sentence for each in missing),
            deciding_days=sorted({day for each in fired for day in each.evidence.days}),
        )


_RULES: dict[str, SafetyRule] = {}


def safety_rule(
    number: int,
    severity: Severity,
    title: str,
    *,
    source: str,
    certainty: Certainty = Certainty.CERTAIN,
    thresholds: tuple[Threshold, ...] = (),
    version: str = "1.0",
) -> Callable[[Body], Body]:
    """Enter a rule in the list and in the rule book; severity is the strongest its lines can reach.

    Raises ValueError when the number is taken or the function has no docstring.
    """

    def enter(body: Body) -> Body:
        rule = Rule(f"safety.s{number:02d}", version, title, source, certainty, thresholds)
        rule.defines(body)
        name = f"S-{number:02d}"
        _RULES[name] = SafetyRule(name, rule, severity, body)
        return body

    return enter


def registered() -> tuple[SafetyRule, ...]:
    """Every rule entered so far, in the order of its number."""
    return tuple(_RULES[name] for name in sorted(_RULES))


def block(evidence: Evidence, advice: str) -> Check:
    """A line that blocks."""
    return Check(Severity.BLOCK, evidence, advice)


def major(evidence: Evidence, advice: str) -> Check:
    """A line that interrupts."""
    return Check(Severity.MAJOR, evidence, advice)


def moderate(evidence: Evidence, advice: str) -> Check:
    """A line that warns."""
    return Check(Severity.MODERATE, evidence, advice)


def info(evidence: Evidence, advice: str) -> Check:
    """A line that only notes."""
    return Check(Severity.INFO, evidence, advice)
