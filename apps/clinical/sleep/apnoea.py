"""Obstructive sleep apnoea: who is at increased risk, and when the test belongs into the laboratory.

Kapur et al. 2017, American Academy of Sleep Medicine guideline, J Clin Sleep Med 13:479. A questionnaire alone neither
makes nor excludes the diagnosis. Score thresholds: NoSAS (Marti-Soler 2016), STOP-Bang (Chung 2016), Epworth (Johns
1991).
"""

from apps.clinical.findings import Answer, Certainty, all_of, any_of, yes_no
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.sleep.answers import Sign, at_least_of, days_reach, not_known, reaches, sign, speaking_for
from apps.clinical.sleep.facts import Route, SleepFacts, Study
from apps.clinical.three_valued import some

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
    version="2.0",
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
    resistant hypertension; a body mass index of 30 or more; or, for central apnoea, a chronic opioid, heart failure or
    stroke together with sleepiness or witnessed pauses. With a complicating condition (heart or lung disease,
    neuromuscular weakness, hypoventilation, chronic opioid, stroke, severe insomnia), or after a home test that was
    negative, inconclusive or failed, polysomnography; when that was negative and the suspicion stays, a second one is
    considered; otherwise polysomnography or a home test.
    """
    sleepy = reaches("Epworth", facts.epworth, EPWORTH_ABOVE_10)
    pauses = sign("Witnessed apnoea or gasping", facts.witnessed_apnoea)
    beside = (sign("Habitual loud snoring", facts.loud_snoring), pauses, sign("Hypertension", facts.hypertension))
    central = _central(facts, sleepy, pauses)
    alone = (
        reaches("NoSAS", facts.nosas, NOSAS_POSITIVE),
        sign("STOP-Bang high risk", facts.stop_bang_high),
        days_reach("Headache on waking, gone within 4 hours", facts.waking_headache_days, MORNING_HEADACHE_DAYS),
        sign("Resistant hypertension", facts.resistant_hypertension),
        reaches("Body mass index", facts.bmi, OBESE_BMI),
        central,
    )
    sleepy_with_signs = all_of((sleepy.answer, at_least_of(beside, SIGNS_BESIDE_SLEEPINESS)))
    answer = any_of((sleepy_with_signs, *(each.answer for each in alone)))
    signs = (sleepy, *beside, *alone)
    complicating = complications(facts)
    needs_laboratory = _needs_laboratory(facts, (*complicating, central))
    finding = RULE.finding(
        answer=answer,
        headline=_headline(answer, facts, central, complicating),
        facts=(each.fact for each in (*signs, *complicating, *_earlier_tests(facts))),
        missing=not_known(signs) if answer is Answer.CANNOT_TELL else not_known(complicating),
    )
    study = Study.POLYSOMNOGRAPHY if needs_laboratory else Study.POLYSOMNOGRAPHY_OR_HOME_TEST
    return Route(
        "Obstructive sleep apnoea",
        finding,
        study=study if answer is Answer.MET else None,
        not_this=_not_this(facts, home_test_is_wrong=answer is Answer.MET and needs_laboratory),
        reasons=speaking_for((*signs, *complicating)),
    )


def complications(facts: SleepFacts) -> tuple[Sign, ...]:
    """The conditions with which a home test is not enough."""
    return (
        sign("Significant heart or lung disease", some((facts.heart_failure, facts.heart_or_lung_disease))),
        sign("Neuromuscular weakness of breathing", facts.neuromuscular_weakness),
        sign("Hypoventilation, known or suspected", facts.hypoventilation),
        _opioid(facts),
        sign("Stroke", facts.stroke),
        reaches("Severe insomnia, ISI", facts.isi, SEVERE_INSOMNIA_ISI),
        sign("Severe insomnia, as the clinician judges", facts.severe_insomnia),
    )


def _opioid(facts: SleepFacts) -> Sign:
    return days_reach("Chronic opioid", facts.opioid_days, CHRONIC_OPIOID_DAYS)


def _central(facts: SleepFacts, sleepy: Sign, pauses: Sign) -> Sign:
    # Heart failure is heart disease: without any heart or lung disease there is none.
    heart_failure = False if facts.heart_or_lung_disease is False else facts.heart_failure
    cause = any_of((_opioid(facts).answer, yes_no(heart_failure), yes_no(facts.stroke)))
    answer = all_of((cause, any_of((sleepy.answer, pauses.answer))))
    return Sign("Opioid, heart failure or stroke, with sleepiness or pauses", answer.label, answer)


def _earlier_tests(facts: SleepFacts) -> tuple[Sign, ...]:
    """Tests that were done, when it is known; they are not asked of somebody who never had one."""
    tests = (
        sign("Home test negative, inconclusive or failed", facts.hsat_inconclusive),
        sign("Polysomnography negative", facts.psg_negative),
    )
    return tuple(test for test in tests if test.answer is not Answer.CANNOT_TELL)


def _needs_laboratory(facts: SleepFacts, complicating: tuple[Sign, ...]) -> bool:
    complicated = any_of(tuple(each.answer for each in complicating)) is Answer.MET
    return bool(complicated or facts.hsat_inconclusive or facts.psg_negative)


def _not_this(facts: SleepFacts, *, home_test_is_wrong: bool) -> str:
    sentences = ["A questionnaire alone neither makes nor excludes sleep apnoea."]
    if home_test_is_wrong:
        sentences.insert(0, "Don't repeat the home test." if facts.hsat_inconclusive else "Not a home test.")
    return " ".join(sentences)


def _headline(answer: Answer, facts: SleepFacts, central: Sign, complicating: tuple[Sign, ...]) -> str:
    if answer is not Answer.MET:
        return {
            Answer.NOT_MET: "No sign of an increased risk of sleep apnoea",
            Answer.CANNOT_TELL: "Risk of sleep apnoea: cannot tell, answers are missing",
        }[answer]
    reasons = [each.label for each in complicating if each.answer is Answer.MET]
    return "".join(
        (
            "Increased risk of sleep apnoea",
            f", complicated by {reasons[0][:1].lower()}{reasons[0][1:]}" if reasons else "",
            "; it may be central" if central.answer is Answer.MET else "",
            "; an earlier polysomnography was negative, consider a second" if facts.psg_negative else "",
        )
    )
