"""Triptans and ergots: S-01 to S-11."""

from collections.abc import Iterator

from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, info, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import NO, Evidence, both, compared, either, lacking
from apps.clinical.safety.facts import Intake, Liver, RegimenLine
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    ANTIDEPRESSANTS,
    BETA_BLOCKERS,
    ERGOTS,
    MAO_A_TRIPTANS,
    MAOI_A,
    OTHER_TRIPTANS,
    STRONG_CYP3A4_INHIBITORS,
    TRIPTANS,
    one,
)
from apps.clinical.safety.timing import among, between, doses_of, gaps, more_than_in_a_day, pair_within

MAOI_DAYS = 14
# 72 hours; an end date names no hour, so the third day still counts.
STRONG_INHIBITOR_DAYS = 3
RIZATRIPTAN_WITH_PROPRANOLOL_SINGLE, RIZATRIPTAN_WITH_PROPRANOLOL_DAY = 5, 15
ALMOTRIPTAN_FIRST, ALMOTRIPTAN_DAY = 6.25, 12.5
LABELS = "product labels"

RIZATRIPTAN, PROPRANOLOL = one("rizatriptan"), one("propranolol")


@safety_rule(1, Severity.BLOCK, "Triptan and ergot within 24 hours", source="triptan labels")
def s01(case: Case) -> Iterator[Check]:
    """BLOCK: a triptan dose less than 24 hours before or after any ergot dose; also a triptan beside an ergot taken daily.

    European texts often say 24 hours after an ergot, 6 hours after a triptan before an ergot; 24 hours both ways are
    used. INFO when both stand on the plan for attacks.
    """
    triptan, ergot = case.on(TRIPTANS), case.on(ERGOTS)
    pair = pair_within(between(case, TRIPTANS, ERGOTS))
    daily = case.on(ERGOTS, where=lambda line: line.scheduled)
    yield block(either(pair, both(triptan, daily)), "vasospasm; keep 24 hours between them, either way round")
    yield block(both(triptan, ergot, gaps(case)), "doses of both may be too close")
    yield info(both(triptan, ergot), "never both within 24 hours; say so in the attack plan")


@safety_rule(2, Severity.BLOCK, "Two different triptans within 24 hours", source=LABELS)
def s02(case: Case) -> Iterator[Check]:
    """BLOCK: a second, different triptan less than 24 hours after the first. INFO when two stand on the plan."""
    different = tuple((a, b) for a, b in among(case, TRIPTANS) if _triptan(a.line) != _triptan(b.line))
    listed = case.on(TRIPTANS)
    two = listed if len({_triptan(line) for line in listed.lines}) > 1 else NO
    yield block(pair_within(different), "another triptan only after 24 hours")
    yield block(both(two, gaps(case)), "doses of both may be too close")
    yield info(two, "never both within 24 hours; say so in the attack plan")


@safety_rule(
    3, Severity.BLOCK, "Triptan and MAO inhibitor", source="rizatriptan, sumatriptan and zolmitriptan labels",
    thresholds=(Threshold("after an MAO inhibitor", "14 days", LABELS),),
)  # fmt: skip
def s03(case: Case) -> Iterator[Check]:
    """BLOCK: sumatriptan, rizatriptan or zolmitriptan with an MAO-A inhibitor now or within 14 days.

    MODERATE for naratriptan, frovatriptan, almotriptan and eletriptan, which MAO-A does not break down. INFO for
    selegiline at a low oral dose, which inhibits MAO-B.
    """
    inhibitor = case.recently(MAOI_A, MAOI_DAYS)
    yield block(
        both(case.on(MAO_A_TRIPTANS), inhibitor), "not within 14 days of an MAO inhibitor; choose another triptan"
    )
    yield moderate(both(case.on(OTHER_TRIPTANS), inhibitor), "not broken down by MAO-A; watch for serotonin syndrome")
    yield info(both(case.on(TRIPTANS), case.on(one("selegiline"))), "MAO-B at a low oral dose only")


@safety_rule(
    4, Severity.MAJOR, "Rizatriptan and propranolol", source="rizatriptan label",
    thresholds=(Threshold("single dose", "5 mg", LABELS), Threshold("in 24 hours", "15 mg", LABELS)),
)  # fmt: skip
def s04(case: Case) -> Iterator[Check]:
    """MAJOR: rizatriptan above 5 mg in a single dose or above 15 mg in 24 hours while on propranolol.

    Propranolol raises the level by about 70 %. Metoprolol, nadolol and timolol do not. The European text adds 2 hours of
    separation and a lower daily maximum.
    """
    subject = case.on(RIZATRIPTAN)
    beside = both(subject, case.also(PROPRANOLOL))
    too_much = either(*(_rizatriptan_dose(line) for line in subject.lines), _rizatriptan_taken(case))
    yield major(both(beside, too_much), "at most 5 mg in a dose and 15 mg in 24 hours, 2 hours apart")
    yield major(both(beside, gaps(case)), "doses may be above the maximum")


@safety_rule(5, Severity.BLOCK, "Ergot and strong CYP3A4 inhibitor", source="boxed warning of the ergot labels")
def s05(case: Case) -> Iterator[Check]:
    """BLOCK: ergotamine or dihydroergotamine with a strong CYP3A4 inhibitor (protease inhibitors, macrolides, azoles)."""
    yield block(both(case.on(ERGOTS), case.also(STRONG_CYP3A4_INHIBITORS)), "ischaemia of limbs and brain")


@safety_rule(
    6, Severity.BLOCK, "Eletriptan and strong CYP3A4 inhibitor", source="eletriptan label",
    thresholds=(Threshold("after the inhibitor", "72 hours", "label; counted as the three days after the end date"),),
)  # fmt: skip
def s06(case: Case) -> Iterator[Check]:
    """BLOCK: eletriptan with a strong CYP3A4 inhibitor, or within 72 hours of its end.

    An end date names no hour, so the third day after it still counts.
    """
    inhibitor = case.recently(STRONG_CYP3A4_INHIBITORS, STRONG_INHIBITOR_DAYS)
    yield block(both(case.on(one("eletriptan")), inhibitor), "not within 72 hours; choose another triptan")


@safety_rule(
    7, Severity.MODERATE, "Almotriptan and strong CYP3A4 inhibitor", source="almotriptan label",
    thresholds=(Threshold("first dose", "6.25 mg", LABELS), Threshold("in 24 hours", "12.5 mg", LABELS)),
)  # fmt: skip
def s07(case: Case) -> Iterator[Check]:
    """MODERATE: almotriptan with a strong CYP3A4 inhibitor: first dose 6.25 mg, at most 12.5 mg in 24 hours.

    Not at all when kidneys or liver are impaired as well.
    """
    pair = both(case.on(one("almotriptan")), case.also(STRONG_CYP3A4_INHIBITORS))
    impaired = either(case.severe_renal(), case.liver_from(Liver.CHILD_PUGH_A))
    yield moderate(pair, f"first dose {ALMOTRIPTAN_FIRST} mg, at most {ALMOTRIPTAN_DAY} mg in 24 hours")
    yield moderate(both(pair, impaired), "do not use: kidneys or liver are impaired as well")


@safety_rule(
    8, Severity.INFO, "Triptan and SSRI, SNRI or tricyclic",
    source="Orlova 2018 (JAMA Neurol); AHS statement 2010 (Evans)",
)  # fmt: skip
def s08(case: Case) -> Iterator[Check]:
    """INFO: serotonin syndrome is rare (definite cases 0.6 per 10,000 person-years): educate, do not withhold."""
    yield info(
        both(case.on(TRIPTANS), case.also(ANTIDEPRESSANTS)), "explain the signs of serotonin syndrome; do not withhold"
    )


@safety_rule(9, Severity.BLOCK, "Triptan or ergot and vascular disease", source=LABELS)
def s09(case: Case) -> Iterator[Check]:
    """BLOCK: triptan or ergot with ischaemic heart disease, coronary vasospasm, stroke or TIA, peripheral vascular
    disease, ischaemic bowel disease, uncontrolled hypertension, an accessory pathway, hemiplegic migraine or migraine
    with brainstem aura. BLOCK for an ergot also with severe impairment of liver or kidneys, sepsis or pregnancy.

    MAJOR: several cardiovascular risk factors without known disease: cardiovascular evaluation first.
    """
    either_drug = either(case.on(TRIPTANS), case.on(ERGOTS))
    vascular = case.has(
        Condition.ISCHAEMIC_HEART_DISEASE, Condition.CORONARY_VASOSPASM, Condition.STROKE_OR_TIA, Condition.PERIPHERAL_VASCULAR_DISEASE,
        Condition.ISCHAEMIC_BOWEL_DISEASE, Condition.ACCESSORY_PATHWAY, Condition.HEMIPLEGIC_MIGRAINE, Condition.BRAINSTEM_AURA,
    )  # fmt: skip
    yield block(
        both(either_drug, either(vascular, case.uncontrolled_hypertension())), "vasoconstrictors are contraindicated"
    )
    ill = either(
        case.liver_from(Liver.CHILD_PUGH_C),
        case.severe_renal(),
        case.has(Condition.SEPSIS),
        case.pregnant(),
    )
    yield block(both(case.on(ERGOTS), ill), "ergots are contraindicated")
    not_evaluated = lacking(case.has(Condition.CARDIOVASCULAR_EVALUATION_DONE), "no cardiovascular evaluation")
    yield major(
        both(either_drug, case.has(Condition.SEVERAL_CARDIOVASCULAR_RISKS), not_evaluated),
        "evaluate heart and vessels first",
    )


@safety_rule(
    10, Severity.MAJOR, "Triptan above its daily maximum", source=LABELS,
    thresholds=(Threshold("in 24 hours", "by medicine and route", "the lower figure where countries differ; a setting"),),
)  # fmt: skip
def s10(case: Case) -> Iterator[Check]:
    """MAJOR: more than the maximum of the label in 24 hours, all routes of a triptan counted together.

    Doses by different routes are added as shares of the maximum of each route. A dose or time that is not recorded
    leaves the sum open.
    """
    names = {name for name, _ in case.settings.triptan_limits}
    planned = [_planned_share(case, line) for line in case.lines(TRIPTANS)]
    taken = [
        more_than_in_a_day(
            doses_of(case, one(name)), lambda dose: _share(case, dose.line, dose.dose), 1, f"{name} in 24 hours"
        )
        for name in sorted(names)
    ]
    yield major(either(*planned, *taken), "more than the maximum in 24 hours")
    yield major(both(case.on(TRIPTANS), gaps(case)), "doses may be above the maximum")


@safety_rule(11, Severity.MAJOR, "Ergot and beta-blocker or nicotine", source="ergot labels")
def s11(case: Case) -> Iterator[Check]:
    """MAJOR: ergotamine or dihydroergotamine with a beta-blocker, or with nicotine: peripheral vasoconstriction."""
    partner = either(case.also(BETA_BLOCKERS), case.has(Condition.NICOTINE))
    yield major(both(case.on(ERGOTS), partner), "peripheral vasoconstriction; avoid")


def _triptan(line: RegimenLine) -> frozenset[str]:
    return TRIPTANS.members.intersection(line.ingredients or ()) or frozenset({line.code})


def _rizatriptan_dose(line: RegimenLine) -> Evidence:
    single = compared(
        line.single_dose,
        lambda dose: dose > RIZATRIPTAN_WITH_PROPRANOLOL_SINGLE,
        f"dose.{line.code}",
        "rizatriptan single dose, mg",
    )
    day = line.daily_dose is not None and line.daily_dose > RIZATRIPTAN_WITH_PROPRANOLOL_DAY
    return Evidence(True, (f"rizatriptan a day, mg {line.daily_dose:g}",), lines=(line,)) if day else single


def _rizatriptan_taken(case: Case) -> Evidence:
    doses = doses_of(case, RIZATRIPTAN)
    single = tuple(
        Evidence(True, (f"rizatriptan {each.dose:g} mg taken",), lines=(each.line,), days=(each.day,))
        for each in doses
        if each.dose is not None and each.dose > RIZATRIPTAN_WITH_PROPRANOLOL_SINGLE
    )
    return either(
        *single, more_than_in_a_day(doses, _dose, RIZATRIPTAN_WITH_PROPRANOLOL_DAY, "rizatriptan in 24 hours")
    )


def _dose(intake: Intake) -> float | None:
    return intake.dose


def _share(case: Case, line: RegimenLine, dose: float | None) -> float | None:
    name = min(_triptan(line))
    limit = case.settings.triptan_limits.get((name, line.route), case.settings.triptan_limits.get((name, "")))
    return None if dose is None or limit is None else dose / limit


def _planned_share(case: Case, line: RegimenLine) -> Evidence:
    share = _share(case, line, line.daily_dose)
    return Evidence(True, (f"{line.name} a day",), lines=(line,)) if share is not None and share > 1 else NO
