"""Tables of screening: answer sheets and what they open, the tablet, sleep, overuse, causes ruled out, licences."""

from apps.screening.models.administration import Administration
from apps.screening.models.consent import SensitiveConsent
from apps.screening.models.licence import InstrumentLicence, InstrumentWording
from apps.screening.models.overuse import Allowance, OveruseReasonNoted, OveruseReview, OveruseSignal, SignalSilence
from apps.screening.models.rule_outs import CauseReview, ChecklistReview
from apps.screening.models.safety import SafetyTask
from apps.screening.models.sleep import SleepReferral, SleepScreen
from apps.screening.models.tablet import TabletSet
from apps.screening.models.withdrawal import WithdrawalCheck, WithdrawalLine, WithdrawalPlan

__all__ = [
    "Administration",
    "Allowance",
    "CauseReview",
    "ChecklistReview",
    "InstrumentLicence",
    "InstrumentWording",
    "OveruseReasonNoted",
    "OveruseReview",
    "OveruseSignal",
    "SafetyTask",
    "SensitiveConsent",
    "SignalSilence",
    "SleepReferral",
    "SleepScreen",
    "TabletSet",
    "WithdrawalCheck",
    "WithdrawalLine",
    "WithdrawalPlan",
]
