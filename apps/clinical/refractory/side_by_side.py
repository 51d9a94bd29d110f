"""All definitions at once, and where they disagree."""

from dataclasses import dataclass, field
from datetime import date

from apps.clinical.findings import Answer, Finding
from apps.clinical.refractory.criteria import Assessment, Definition
from apps.clinical.refractory.dantona_2019 import DAntona2019Settings, dantona_2019
from apps.clinical.refractory.ehf_2014 import Ehf2014Settings, ehf_2014
from apps.clinical.refractory.ehf_2020 import (
    Ehf2020Settings,
    Status,
    ehf_2020_refractory,
    ehf_2020_resistant,
    ehf_2020_status,
)
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.goadsby_2006 import Goadsby2006Settings, goadsby_2006
from apps.clinical.refractory.modifiers import disability_modifier, overuse_modifier
from apps.clinical.refractory.schulman_2008 import Schulman2008Settings, schulman_2008, schulman_2008_chronic
from apps.clinical.refractory.silberstein_2010 import Silberstein2010Settings, silberstein_2010


@dataclass(frozen=True, slots=True)
class RefractorySettings:
    """The settings of all definitions."""

    ehf_2020: Ehf2020Settings = field(default_factory=Ehf2020Settings)
    ehf_2014: Ehf2014Settings = field(default_factory=Ehf2014Settings)
    dantona_2019: DAntona2019Settings = field(default_factory=DAntona2019Settings)
    silberstein_2010: Silberstein2010Settings = field(default_factory=Silberstein2010Settings)
    schulman_2008: Schulman2008Settings = field(default_factory=Schulman2008Settings)
    goadsby_2006: Goadsby2006Settings = field(default_factory=Goadsby2006Settings)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Every definition at one date. status: the label of EHF 2020, the definition this clinic uses first.

    modifiers: overuse and disability. disagreements: in words, where one definition is met and another is not, and
    why. rows_read_differently: in words, which rows count as failed in some definitions and not in others.
    """

    on: date
    status: Status
    assessments: tuple[Assessment, ...]
    modifiers: tuple[Finding, ...]
    disagreements: tuple[str, ...]
    rows_read_differently: tuple[str, ...]

    def of(self, definition: Definition) -> Assessment:
        """The assessment of one definition."""
        return next(each for each in self.assessments if each.definition is definition)


def side_by_side(
    facts: RefractoryFacts, *, today: date, settings: RefractorySettings = RefractorySettings()
) -> SideBySide:
    """Answer every definition from the same facts and say where they disagree."""
    refractory = ehf_2020_refractory(facts, today=today, settings=settings.ehf_2020)
    resistant = ehf_2020_resistant(facts, today=today, settings=settings.ehf_2020)
    assessments = (
        refractory,
        resistant,
        ehf_2014(facts, today=today, settings=settings.ehf_2014),
        dantona_2019(facts, today=today, settings=settings.dantona_2019),
        silberstein_2010(facts, today=today, settings=settings.silberstein_2010),
        schulman_2008_chronic(facts, today=today, settings=settings.schulman_2008),
        schulman_2008(facts, today=today, settings=settings.schulman_2008),
        goadsby_2006(facts, today=today, settings=settings.goadsby_2006),
    )
    return SideBySide(
        on=today,
        status=ehf_2020_status(resistant, refractory),
        assessments=assessments,
        modifiers=(overuse_modifier(facts.medication_overuse), disability_modifier(facts.midas)),
        disagreements=_disagreements(assessments),
        rows_read_differently=_rows(facts, assessments),
    )


def _disagreements(assessments: tuple[Assessment, ...]) -> tuple[str, ...]:
    met = [each.definition.label for each in assessments if each.answer is Answer.MET]
    if not met:
        return ()
    return tuple(
        f"{each.definition.label} is not met, unlike {'; '.join(met)}. It fails on: "
        f"{'; '.join(f'{criterion.asks} ({criterion.says})' for criterion in each.against)}"
        for each in assessments
        if each.answer is Answer.NOT_MET
    )


def _rows(facts: RefractoryFacts, assessments: tuple[Assessment, ...]) -> tuple[str, ...]:
    sentences = []
    for place, trial in enumerate(facts.preventives):
        read = [(each.definition.label, each.readings[place]) for each in assessments]
        if len({reading.failed for _, reading in read}) > 1:
            parts = (
                _part("failed", [label for label, reading in read if reading.failed]),
                _part("not failed", [label for label, reading in read if reading.failed is False]),
                _part("cannot tell", [label for label, reading in read if reading.failed is None]),
            )
            sentences.append(f"{trial.drug.name}: {' – '.join(part for part in parts if part)}")
    return tuple(sentences)


def _part(words: str, labels: list[str]) -> str:
    return f"{words} in {'; '.join(labels)}" if labels else ""
