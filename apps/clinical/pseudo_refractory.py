"""The pseudo-refractory check: what makes migraine look refractory although something can still be mended.

Lipton et al. 2003, used again by Silberstein, Dodick & Pearlman 2010: wrong or incomplete diagnosis,
a missed aggravating factor (overuse, mood, hormones), inadequate treatment with medicines, inadequate treatment
without, unrealistic expectations or unmanaged comorbidity. The wording of the last two groups is to be confirmed;
sleep stands among the factors by the clinic's own wish.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.clinical.findings import Answer, Certainty, Fact, Finding, any_of, yes_no
from apps.clinical.rulebook import Rule, Threshold

DIAGNOSIS = "Diagnosis"
FACTORS = "Aggravating factors"
MEDICINES = "Treatment with medicines"
OTHER_TREATMENT = "Treatment without medicines"
PERSON = "Expectations and other conditions"


@dataclass(frozen=True, slots=True)
class PseudoItem:
    """One reason: its group, the question in words, and how firmly it stands on the source."""

    code: str
    group: str
    question: str
    certainty: Certainty = Certainty.CERTAIN


PSEUDO_ITEMS = (
    PseudoItem("diagnosis", DIAGNOSIS, "The diagnosis is wrong or incomplete"),
    PseudoItem("another_headache", DIAGNOSIS, "Another headache beside migraine was missed"),
    PseudoItem("overuse", FACTORS, "Medication overuse was missed or not treated"),
    PseudoItem("mood", FACTORS, "Depression or anxiety was missed or not treated"),
    PseudoItem("hormones", FACTORS, "A hormonal factor was missed"),
    PseudoItem("sleep", FACTORS, "A sleep disorder was missed or not treated", Certainty.CONVENTION),
    PseudoItem("dose", MEDICINES, "A dose was too low"),
    PseudoItem("duration", MEDICINES, "Titration or duration was too short"),
    PseudoItem("wrong_drug", MEDICINES, "The medicine was not right for this headache"),
    PseudoItem("not_taken", MEDICINES, "The medicine was not taken as prescribed"),
    PseudoItem("without_medicines", OTHER_TREATMENT, "Treatment without medicines was inadequate", Certainty.CHECK),
    PseudoItem("expectations", PERSON, "Expectations are unrealistic", Certainty.CHECK),
    PseudoItem("comorbidity", PERSON, "Another condition is not managed", Certainty.CHECK),
)

RULE = Rule(
    id="refractory.pseudo",
    version="1.0",
    title="Pseudo-refractory check",
    source="Lipton et al. 2003; Silberstein, Dodick & Pearlman 2010; the last groups to be confirmed",
    certainty=Certainty.CHECK,
    thresholds=(Threshold("reasons", "1 yes", "each is to be mended before migraine is called refractory"),),
)


@RULE.defines
def pseudo_refractory(answers: Mapping[str, bool | None]) -> Finding:
    """Whether something can be mended that makes migraine look refractory.

    One yes is a reason to mend first. Without a yes the check is clear only when every question was asked; otherwise
    it is incomplete.

    Raises ValueError for a question that is not on the list.
    """
    known = {item.code for item in PSEUDO_ITEMS}
    if unknown := sorted(answers.keys() - known):
        raise ValueError(f"not on the list of the pseudo-refractory check: {', '.join(unknown)}")
    reasons = [item for item in PSEUDO_ITEMS if answers.get(item.code)]
    open_ = [item for item in PSEUDO_ITEMS if answers.get(item.code) is None]
    answer = any_of(tuple(yes_no(answers.get(item.code)) for item in PSEUDO_ITEMS))
    return RULE.finding(
        answer=answer,
        headline=_headline(answer, len(reasons), len(open_)),
        facts=[Fact(item.question, "mend first") for item in reasons],
        missing=[f"Not asked: {item.question}" for item in open_],
    )


def every_reason_asked(answers: Mapping[str, bool | None]) -> bool:
    """Whether every question has an answer; the check stays open before."""
    return all(answers.get(item.code) is not None for item in PSEUDO_ITEMS)


def _headline(answer: Answer, reasons: int, not_asked: int) -> str:
    if answer is Answer.NOT_MET:
        return "Nothing to mend first; every question was asked"
    if answer is Answer.CANNOT_TELL:
        return f"Pseudo-refractory check incomplete: {not_asked} of {len(PSEUDO_ITEMS)} not asked"
    rest = f"; {not_asked} not asked" if not_asked else ""
    return f"{reasons} {'reason' if reasons == 1 else 'reasons'} to mend first{rest}"
