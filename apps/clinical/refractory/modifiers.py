"""What is reported beside a definition and changes none of its answers: overuse and disability."""

from apps.clinical.findings import Answer, Certainty, Finding, Interval, yes_no
from apps.clinical.rulebook import Rule, Threshold

# Provisional: the value is quoted from memory.
DISABILITY_FROM = 11

OVERUSE = Rule(
    id="refractory.modifier_overuse",
    version="1.0",
    title="With or without medication overuse",
    source="Schulman et al., Headache 2008;48:778-782; for EHF 2020 a modifier too, to be confirmed",
    certainty=Certainty.CHECK,
)

DISABILITY = Rule(
    id="refractory.modifier_disability",
    version="1.0",
    title="With or without significant disability",
    source="Schulman et al., Headache 2008;48:778-782; the MIDAS cut-off is to be confirmed",
    certainty=Certainty.CHECK,
    thresholds=(Threshold("MIDAS", "11 or more", "to be confirmed in the paper"),),
)


@OVERUSE.defines
def overuse_modifier(medication_overuse: bool | None) -> Finding:
    """Whether acute medicine is overused, by ICHD-3. Reported beside each definition; only EHF 2014 excludes overuse, and
    D'Antona 2019 the headache that comes of it."""
    answer = yes_no(medication_overuse)
    return OVERUSE.finding(
        answer=answer,
        headline=_headline(answer, "medication overuse"),
        missing=() if medication_overuse is not None else ["Cannot assess: medication overuse is not recorded"],
    )


@DISABILITY.defines
def disability_modifier(midas: int | None) -> Finding:
    """Whether the latest MIDAS total is 11 or more. Reported beside each definition; none of them asks for it."""
    answer = yes_no(None if midas is None else midas >= DISABILITY_FROM)
    return DISABILITY.finding(
        answer=answer,
        headline=_headline(answer, "significant disability"),
        interval=None if midas is None else Interval(midas, midas),
        threshold=DISABILITY_FROM,
        missing=() if midas is not None else ["Cannot assess: MIDAS is not recorded"],
    )


def _headline(answer: Answer, what: str) -> str:
    return {
        Answer.MET: f"With {what}",
        Answer.NOT_MET: f"Without {what}",
        Answer.CANNOT_TELL: f"With or without {what}: cannot tell",
    }[answer]
