"""How an overused medicine is ended: stopped at once, or slowly, and what must never be stopped abruptly.

European Academy of Neurology guideline (Diener 2020): simple analgesics, ergots and triptans may be stopped at once or
limited; long-standing opioids, barbiturates and tranquillisers are tapered. EFNS (Evers & Jensen 2011) advises
withdrawal in hospital for the latter.
"""

from dataclasses import dataclass
from enum import StrEnum

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Answer, Certainty, Fact, Finding, Interval, threshold_answer
from apps.clinical.rulebook import Rule, Threshold

# Near-daily: two days of three. The guideline says long-standing and names no number.
NEAR_DAILY_DAYS = 20

STOPPED_AT_ONCE = frozenset(
    {
        OveruseClass.PARACETAMOL,
        OveruseClass.NSAID,
        OveruseClass.ASPIRIN,
        OveruseClass.OTHER_NON_OPIOID,
        OveruseClass.ERGOTAMINE,
        OveruseClass.TRIPTAN,
    }
)


class Ending(StrEnum):
    """The way a medicine is ended."""

    STOP_OR_LIMIT = "stop_or_limit"
    TAPER = "taper"
    CLINICIAN_DECIDES = "clinician_decides"

    @property
    def label(self) -> str:
        """The way as words for the page."""
        return {
            Ending.STOP_OR_LIMIT: "May be stopped at once, or limited",
            Ending.TAPER: "Do not stop abruptly: taper",
            Ending.CLINICIAN_DECIDES: "No guideline: the clinician decides",
        }[self]


@dataclass(frozen=True, slots=True)
class EndedMedicine:
    """A medicine to be ended. days: intake days in the last 30. opioid, barbiturate, tranquilliser: contains one."""

    name: str
    overuse_class: OveruseClass
    days: Interval
    opioid: bool = False
    barbiturate: bool = False
    tranquilliser: bool = False

    @property
    def habit_forming(self) -> bool:
        """Whether it holds a substance whose sudden end is dangerous after daily use."""
        return self.opioid or self.barbiturate or self.tranquilliser


RULE = Rule(
    id="overuse.withdrawal",
    version="1.0",
    title="Stop at once or taper",
    source="EAN guideline (Diener 2020); EFNS (Evers & Jensen 2011)",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("near-daily use", "20 of 30 days", "clinic convention; the guideline says long-standing"),
        Threshold("seizures", "barbiturate withdrawal", "specialist or hospital: general pharmacology"),
    ),
)


@RULE.defines
def abrupt_stop_is_dangerous(medicine: EndedMedicine) -> Finding:
    """Whether a medicine must not be stopped abruptly.

    Met for an opioid, a barbiturate or a tranquilliser that is, or may be, taken on at least 20 of 30 days: when the
    diary can't exclude near-daily use, the answer is on the safe side. Such a medicine taken on fewer days can't be told
    by the number alone: how long it has been taken is the clinician's to ask. Not met for everything else.
    """
    near_daily = threshold_answer(medicine.days, NEAR_DAILY_DAYS)
    if not medicine.habit_forming:
        answer = Answer.NOT_MET
    else:
        answer = Answer.CANNOT_TELL if near_daily is Answer.NOT_MET else Answer.MET
    return RULE.finding(
        answer=answer,
        headline=f"{medicine.name}: {ending(medicine).label[0].lower()}{ending(medicine).label[1:]}",
        interval=medicine.days,
        threshold=NEAR_DAILY_DAYS,
        facts=[Fact(name, "yes") for name, holds in _substances(medicine) if holds],
        missing=_questions(medicine, near_daily),
    )


def ending(medicine: EndedMedicine) -> Ending:
    """Give the way that the guideline names; a habit-forming medicine is tapered unless the clinician says otherwise."""
    if medicine.habit_forming:
        return Ending.TAPER
    return Ending.STOP_OR_LIMIT if medicine.overuse_class in STOPPED_AT_ONCE else Ending.CLINICIAN_DECIDES


def hospital_advised(medicine: EndedMedicine) -> bool:
    """Whether withdrawal in hospital or under a specialist is advised."""
    return medicine.habit_forming


def _substances(medicine: EndedMedicine) -> tuple[tuple[str, bool], ...]:
    return (
        ("Opioid", medicine.opioid),
        ("Barbiturate: seizures are possible on withdrawal", medicine.barbiturate),
        ("Tranquilliser", medicine.tranquilliser),
    )


def _questions(medicine: EndedMedicine, near_daily: Answer) -> tuple[str, ...]:
    if not medicine.habit_forming or near_daily is Answer.MET:
        return ()
    if near_daily is Answer.CANNOT_TELL:
        return ("Not known: whether it was taken on 20 days or more",)
    return ("Not known: for how many months it has been taken",)
