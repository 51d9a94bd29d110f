"""Insomnia: the sleep diary and CBT-I come first, a sleep study only when something else is suspected.

Schutte-Rodin 2008 (AASM): no routine sleep study. ISI cut-offs Morin 2011 (10 in the community, 11 in clinics), SCI
Espie 2014.
"""

from apps.clinical.findings import Answer, Certainty, any_of
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.sleep.answers import not_known, reaches, sign, speaking_for, stays_within
from apps.clinical.sleep.facts import Route, SleepFacts, Study

ISI_CLINICAL = 11
SCI_PROBABLE = 16

RULE = Rule(
    id="sleep.insomnia",
    version="1.0",
    title="Insomnia",
    source="Morin 2011 (ISI); Espie 2014 (SCI); Schutte-Rodin 2008 (AASM)",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("ISI", "11 or more", "cut-off of a clinical sample"),
        Threshold("SCI", "16 or less", "probable insomnia disorder; higher is better"),
    ),
)


@RULE.defines
def insomnia(facts: SleepFacts) -> Route:
    """Insomnia that deserves treatment of its own.

    Any one opens the suggestion: an Insomnia Severity Index of 11 or more, a Sleep Condition Indicator of 16 or less,
    or trouble sleeping on at least three nights a week for at least three months with effect on the day.
    """
    signs = (
        reaches("ISI", facts.isi, ISI_CLINICAL),
        stays_within("SCI", facts.sci, SCI_PROBABLE),
        sign("Trouble on 3 nights a week for 3 months, with effect on the day", facts.trouble_sleeping),
    )
    answer = any_of(tuple(each.answer for each in signs))
    finding = RULE.finding(
        answer=answer,
        headline={
            Answer.MET: "Probable insomnia",
            Answer.NOT_MET: "No sign of insomnia",
            Answer.CANNOT_TELL: "Insomnia: cannot tell, answers are missing",
        }[answer],
        facts=(each.fact for each in signs),
        missing=not_known(signs) if answer is Answer.CANNOT_TELL else (),
    )
    return Route(
        "Insomnia",
        finding,
        study=Study.SLEEP_DIARY_AND_CBTI if answer is Answer.MET else None,
        not_this=(
            "No routine sleep study: only when apnoea or limb movements are suspected, treatment fails, or behaviour "
            "in sleep injures."
        ),
        reasons=speaking_for(signs),
    )
