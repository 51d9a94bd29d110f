"""Why a medicine is overused: what to ask, because the plan follows from it.

Source: the founding review of the clinic (Robert, after Schulman) names pain and anxiety as the two great reasons and
asks to find out which; cephalalgiaphobia after Peres 2007 (to be confirmed); the list as a whole is composed by the
clinic and to be confirmed.
"""

from enum import StrEnum


class OveruseReason(StrEnum):
    """One reason; several may hold at once, each with how certain it is."""

    FREQUENT_ATTACKS = "frequent_attacks"
    ANTICIPATORY_ANXIETY = "anticipatory_anxiety"
    FEAR_OF_WITHDRAWAL = "fear_of_withdrawal"
    WITHDRAWAL_HEADACHE = "withdrawal_headache"
    ACUTE_NOT_EFFECTIVE = "acute_not_effective"
    NO_PREVENTIVE = "no_preventive"
    OTHER_PAIN = "other_pain"
    MOOD = "mood"
    DEPENDENCE = "dependence"
    NOT_TOLD = "not_told"
    OTHER_PRESCRIBERS = "other_prescribers"
    EARLY_TREATMENT = "early_treatment"
    PREDICTABLE_CLUSTER = "predictable_cluster"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as words for the page."""
        return _LABELS[self]


_LABELS = {
    OveruseReason.FREQUENT_ATTACKS: "Uncontrolled pain, frequent attacks",
    OveruseReason.ANTICIPATORY_ANXIETY: "Fear of an attack: takes it before the pain to protect work, travel or family",
    OveruseReason.FEAR_OF_WITHDRAWAL: "Fear of withdrawal headache",
    OveruseReason.WITHDRAWAL_HEADACHE: "Withdrawal headache itself",
    OveruseReason.ACUTE_NOT_EFFECTIVE: "The acute medicine does not work",
    OveruseReason.NO_PREVENTIVE: "No preventive, or one that does not work",
    OveruseReason.OTHER_PAIN: "Pain elsewhere",
    OveruseReason.MOOD: "Mood: taken for calm, sleep or energy",
    OveruseReason.DEPENDENCE: "Behaviour of dependence",
    OveruseReason.NOT_TOLD: "Not told about limits, or thought that rotating was safe",
    OveruseReason.OTHER_PRESCRIBERS: "Other prescribers, or bought on top",
    OveruseReason.EARLY_TREATMENT: "Advice to treat early, read as “treat everything”",
    OveruseReason.PREDICTABLE_CLUSTER: "Menstrual or another predictable cluster",
    OveruseReason.OTHER: "Something else",
}
