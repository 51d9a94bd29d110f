"""Acting out dreams, with or without injury: a parasomnia that is looked at on video."""

from apps.clinical.findings import Answer, Certainty, yes_no
from apps.clinical.rulebook import Rule
from apps.clinical.sleep.answers import not_known, sign, speaking_for
from apps.clinical.sleep.facts import Route, SleepFacts, Study

RULE = Rule(
    id="sleep.dream_enactment",
    version="1.0",
    title="REM sleep behaviour disorder or another parasomnia",
    source="International Classification of Sleep Disorders, ICSD-3 (2014)",
    certainty=Certainty.CERTAIN,
)


@RULE.defines
def dream_enactment(facts: SleepFacts) -> Route:
    """Dreams that are acted out, or injury during sleep.

    One yes is enough to suggest polysomnography with video; other parasomnias look alike to the bed partner.
    """
    answer = yes_no(facts.dream_enactment)
    acts = sign("Dreams acted out, or injury during sleep", facts.dream_enactment)
    finding = RULE.finding(
        answer=answer,
        headline={
            Answer.MET: "Dreams are acted out",
            Answer.NOT_MET: "Dreams are not acted out",
            Answer.CANNOT_TELL: "Dream enactment: not asked",
        }[answer],
        facts=(acts.fact,),
        missing=not_known((acts,)),
    )
    return Route(
        "Parasomnia",
        finding,
        study=Study.VIDEO_POLYSOMNOGRAPHY if answer is Answer.MET else None,
        not_this="A home sleep apnoea test can't show it.",
        reasons=speaking_for((acts,)),
    )
