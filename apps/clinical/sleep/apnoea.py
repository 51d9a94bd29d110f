"""Obstructive sleep apnoea: who is at increased risk, and when the test belongs into the laboratory.

Kapur et al. 2017, American Academy of Sleep Medicine guideline, J Clin Sleep Med 13:479. A questionnaire alone neither
makes nor excludes the diagnosis. Score thresholds: NoSAS (Marti-Soler 2016), STOP-Bang (Chung 2016), Epworth (Johns
1991).
"""

from apps.clinical.findings import Answer, Certainty, all_of, any_of
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.sleep.answers import Sign, at_least_of, days_reach, not_known, reaches, sign
from apps.clinical.sleep.facts import Route, SleepFacts, Study

EPWORTH_ABOVE_10 = 11
SIGNS_BESIDE_SLEEPINESS = 2
NOSAS_POSITIVE = 8
OBESE_BMI = 30
# "Most days": more than half of 30.
MORNING_HEADACHE_DAYS = 15
SEVERE_INSOMNIA_ISI = 22
CHRONIC_OPIOID_DAYS = 20

SOURCE = "Kapur 2017 (AASM guideline, J Clin Sleep Med 13:479); Marti-Soler 2016; Chung 2016"

RULE = Rule(
    id="sleep.apnoea_risk",
    version="1.0",
    title="Increased risk of obstructive sleep apnoea",
    source=SOURCE,
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("sleepiness", "Epworth above 10", "with two of three signs: Kapur 2017"),
        Threshold("NoSAS", "8 or more", "Marti-Soler 2016"),
        Threshold("STOP-Bang", "high risk", "Chung 2016"),
        Threshold("headache on waking", "15 of 30 days", "clinic convention for “most days”"),
        Threshold("body mass index", "30 kg/m²", "used in practice"),
        Threshold("complicated: severe insomnia", "ISI 22 or more", "clinic convention, to be confirmed"),
        Threshold("complicated: chronic opioid", "20 of 30 days", "clinic convention, to be confirmed"),
    ),
)


@RULE.defines
def apnoea(facts: SleepFacts) -> Route:
    """Increased risk of obstructive sleep apnoea, and which test fits.

    Any one opens the suggestion: excessive sleepiness (Epworth above 10) with at least two of habitual loud snoring,
    witnessed apnoea or gasping and hypertension; NoSAS of 8 or more; STOP-Bang high; headache on waking on most days;
    resistant hypertension; a body mass index of 30 or more. With a complicating condition (heart or lung disease,
    neuromuscular weakness, hypoventilation, chronic opioid, stroke, severe insomnia), or after a home test that was
    negative, inconclusive or failed, polysomnography; otherwise polysomnography or a home test.
    """
    sleepy = reaches("Epworth", facts.epworth, EPWORTH_ABOVE_10)
    beside = (
        sign("Habitual loud snoring", facts.loud_snoring),
        sign("Witnessed apnoea or gasping", facts.witnessed_apnoea),
        sign("Hypertension", facts.hypertension),
    )
    alone = (
        reaches("NoSAS", facts.nosas, NOSAS_POSITIVE),
        sign("STOP-Bang high risk", facts.stop_bang_high),
        days_reach("Headache on waking, gone within 4 hours", facts.waking_headache_days, MORNING_HEADACHE_DAYS),
        sign("Resistant hypertension", facts.resistant_hypertension),
        reaches("Body mass index", facts.bmi, OBESE_BMI),
    )
    sleepy_with_signs = all_of((sleepy.answer, at_least_of(beside, SIGNS_BESIDE_SLEEPINESS)))
    answer = any_of((sleepy_with_signs, *(each.answer for each in alone)))
    signs = (sleepy, *beside, *alone)
    complicating = complications(facts)
    finding = RULE.finding(
        answer=answer,
        headline=_headline(answer, complicating),
        facts=(each.fact for each in (*signs, *complicating)),
        missing=not_known(signs) if answer is Answer.CANNOT_TELL else not_known(complicating),
    )
    return Route(
        "Obstructive sleep apnoea",
        finding,
        study=_study(facts, complicating) if answer is Answer.MET else None,
        not_this="A questionnaire alone neither makes nor excludes sleep apnoea.",
    )


def complications(facts: SleepFacts) -> tuple[Sign, ...]:
    """The conditions with which a home test is not enough."""
    return (
        sign("Significant heart or lung disease", facts.heart_or_lung_disease),
        sign("Neuromuscular weakness of breathing", facts.neuromuscular_weakness),
        sign("Hypoventilation, known or suspected", facts.hypoventilation),
        days_reach("Chronic opioid", facts.opioid_days, CHRONIC_OPIOID_DAYS),
        sign("Stroke", facts.stroke),
        reaches("Severe insomnia, ISI", facts.isi, SEVERE_INSOMNIA_ISI),
    )


def _study(facts: SleepFacts, complicating: tuple[Sign, ...]) -> Study:
    complicated = any_of(tuple(each.answer for each in complicating)) is Answer.MET
    if complicated or facts.hsat_inconclusive:
        return Study.POLYSOMNOGRAPHY
    return Study.POLYSOMNOGRAPHY_OR_HOME_TEST


def _headline(answer: Answer, complicating: tuple[Sign, ...]) -> str:
    if answer is not Answer.MET:
        return {
            Answer.NOT_MET: "No sign of an increased risk of sleep apnoea",
            Answer.CANNOT_TELL: "Risk of sleep apnoea: cannot tell, answers are missing",
        }[answer]
    reasons = [each.label for each in complicating if each.answer is Answer.MET]
    return "Increased risk of sleep apnoea" + (f", complicated by {reasons[0].lower()}" if reasons else "")
