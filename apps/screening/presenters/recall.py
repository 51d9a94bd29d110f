"""Recall beside diary, in a sentence."""

from dataclasses import dataclass

from apps.clinical.findings import Answer, Finding

VERDICTS = {
    Answer.MET: ("They differ", "warn"),
    Answer.NOT_MET: ("They agree", "good"),
    Answer.CANNOT_TELL: ("Cannot tell", "warn"),
}


@dataclass(frozen=True)
class RecallWords:
    """The two numbers, whether they differ, and what limits the answer."""

    headline: str
    verdict: str
    tone: str
    limits: str


def recall_words(finding: Finding) -> RecallWords:
    """The finding as the sheet shows it."""
    verdict, tone = VERDICTS[finding.answer]
    return RecallWords(finding.headline, verdict, tone, ". ".join(finding.missing))
