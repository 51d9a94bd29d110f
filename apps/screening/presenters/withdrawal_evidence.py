"""What is known about ending overuse, in short, for the page of the plan. Each with how firmly its source stands."""

from dataclasses import dataclass
from typing import Final

from apps.clinical.findings import Certainty


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding: about what, what was found, by whom, and how certain we are of what the source says."""

    about: str
    found: str
    source: str
    certainty: Certainty

    @property
    def to_confirm(self) -> str:
        """What has to be said beside a number that was not read in the source itself."""
        return "to be confirmed" if self.certainty is Certainty.CHECK else ""


EVIDENCE: Final = (
    Evidence(
        "Education first",
        "Education and counselling come first, then withdrawal together with a preventive, by several professions.",
        "European Academy of Neurology, Diener 2020",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Brief intervention",
        "7.3 fewer headache days and 7.9 fewer medication days a month than usual care at 3 months; chronic headache "
        "resolved in 50 % against 6 %.",
        "BIMOH, Kristoffersen 2015",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Stop or limit",
        "Acceptable for simple analgesics, ergots and triptans.",
        "European Academy of Neurology, Diener 2020",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Taper",
        "Long-standing opioids, barbiturates, tranquillisers and benzodiazepines are tapered slowly, and withdrawal in "
        "hospital is advised.",
        "Diener 2020; EFNS, Evers & Jensen 2011",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Preventive",
        "From day 1 of the withdrawal or before. Topiramate, onabotulinumtoxinA and CGRP antibodies have trial data in "
        "people with overuse.",
        "EFNS, Evers & Jensen 2011",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Bridge",
        "Prednisone or prednisolone of at least 60 mg, or amitriptyline up to 50 mg, are possibly effective against "
        "withdrawal symptoms.",
        "EFNS, Evers & Jensen 2011",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Stop or go on",
        "Preventive with a switch to another acute medicine on at most 2 days a week, or preventive without a limit: "
        "9.3 and 9.1 moderate or severe headache days in weeks 9 to 12, not inferior. With the switch fewer still "
        "overused.",
        "MOTS, Schwedt 2022",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Three strategies",
        "Headache days fell by 12.3 with withdrawal and preventive, 9.9 with preventive alone, 8.5 with withdrawal "
        "and a preventive only if wanted; the difference was not significant.",
        "Carlsen 2020",
        Certainty.CHECK,
    ),
    Evidence(
        "Complete stop",
        "No acute medicine for 2 months reduced headache more than at most 2 days a week, about 46 % against 22 %.",
        "Carlsen 2018",
        Certainty.CHECK,
    ),
    Evidence(
        "How long it hurts",
        "Withdrawal headache lasts about 4 days after triptans, 7 after ergots, 9 to 10 after analgesics.",
        "Katsarava 2001",
        Certainty.CHECK,
    ),
    Evidence(
        "Judge anew",
        "After 2 months off the overused medicine.",
        "ICHD-II asked for resolution within 2 months",
        Certainty.CERTAIN,
    ),
    Evidence(
        "Relapse",
        "34 % met the criteria again at 4 years. People who overused opioids relapse most.",
        "Norwegian cohort; ICHD-3 beta",
        Certainty.CERTAIN,
    ),
    Evidence("Relapse in the first year", "20 to 40 % in other series.", "Several series", Certainty.CHECK),
)
