"""How an overused medicine is ended: stopped at once, or slowly, and what must never be stopped abruptly.

European Academy of Neurology guideline (Diener 2020): simple analgesics, ergots and triptans may be stopped at once or
limited; long-standing opioids, barbiturates and tranquillisers are tapered. EFNS (Evers & Jensen 2011) advises
withdrawal in hospital for the latter. What else must not end abruptly is general pharmacology: gabapentinoids, baclofen,
clonidine, beta-blockers, venlafaxine and amitriptyline for everybody, valproate and topiramate in epilepsy.
"""

from dataclasses import dataclass
from enum import StrEnum

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Answer, Certainty, Fact, Finding, Interval, threshold_answer, yes_no
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


class Manner(StrEnum):
    """What a plan does with a medicine: no more of it, fewer days a month, or less of it step by step."""

    STOP = "stop"
    LIMIT = "limit"
    TAPER = "taper"


class Steady(StrEnum):
    """A medicine taken every day, not for attacks, that must not end abruptly."""

    GABAPENTINOID = "gabapentinoid"
    BACLOFEN = "baclofen"
    CLONIDINE = "clonidine"
    BETA_BLOCKER = "beta_blocker"
    VENLAFAXINE = "venlafaxine"
    AMITRIPTYLINE = "amitriptyline"
    # Valproate and topiramate: only in people with epilepsy.
    ANTISEIZURE = "antiseizure"

    @property
    def label(self) -> str:
        """The group as words for the page."""
        return {
            Steady.BETA_BLOCKER: "Beta-blocker",
            Steady.ANTISEIZURE: "Antiseizure medicine",
        }.get(self, self.value.capitalize())


@dataclass(frozen=True, slots=True)
class EndedMedicine:
    """A medicine to be ended. days: intake days in the last 30, for what is taken for attacks.

    opioid, barbiturate, tranquilliser: it is or contains one. steady: the group of a daily medicine that must not end
    abruptly. epilepsy: whether the patient has epilepsy; None when not known.
    """

    name: str
    overuse_class: OveruseClass
    days: Interval
    opioid: bool = False
    barbiturate: bool = False
    tranquilliser: bool = False
    steady: Steady | None = None
    epilepsy: bool | None = None

    @property
    def habit_forming(self) -> bool:
        """Whether it holds a substance whose sudden end is dangerous after daily use."""
        return self.opioid or self.barbiturate or self.tranquilliser


RULE = Rule(
    id="overuse.withdrawal",
    version="2.0",
    title="Stop at once or taper",
    source="EAN guideline (Diener 2020); EFNS (Evers & Jensen 2011); general pharmacology",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("near-daily use", "20 of 30 days", "clinic convention; the guideline says long-standing"),
        Threshold("seizures", "barbiturate withdrawal", "specialist or hospital: general pharmacology"),
        Threshold("valproate, topiramate", "in epilepsy", "general pharmacology"),
    ),
)


@RULE.defines
def abrupt_stop_is_dangerous(medicine: EndedMedicine) -> Finding:
    """Whether a medicine must not be stopped abruptly.

    Met for an opioid, a barbiturate or a tranquilliser that is, or may be, taken on at least 20 of 30 days: when the
    diary can't exclude near-daily use, the answer is on the safe side. Such a medicine taken on fewer days can't be told
    by the number alone: how long it has been taken is the clinician's to ask. Met for a gabapentinoid, baclofen,
    clonidine, a beta-blocker, venlafaxine and amitriptyline, which are taken every day. Valproate and topiramate: met in
    a person with epilepsy, not met without it. Not met for everything else.
    """
    near_daily = threshold_answer(medicine.days, NEAR_DAILY_DAYS)
    return RULE.finding(
        answer=_answer(medicine, near_daily),
        headline=f"{medicine.name}: {ending(medicine).label[0].lower()}{ending(medicine).label[1:]}",
        interval=medicine.days if medicine.habit_forming else None,
        threshold=NEAR_DAILY_DAYS if medicine.habit_forming else None,
        facts=[Fact(name, "yes") for name, holds in _substances(medicine) if holds],
        missing=_questions(medicine, near_daily),
    )


def ending(medicine: EndedMedicine) -> Ending:
    """Give the way that the guideline names; what is tapered is tapered unless the clinician says otherwise."""
    if medicine.habit_forming:
        return Ending.TAPER
    if medicine.steady and not _harmless_without_epilepsy(medicine):
        return Ending.TAPER
    return Ending.STOP_OR_LIMIT if medicine.overuse_class in STOPPED_AT_ONCE else Ending.CLINICIAN_DECIDES


def goes_against(medicine: EndedMedicine, manner: Manner) -> bool:
    """Whether a plan does what the rule warns of, so that the clinician has to say why.

    A stop of anything that is to be tapered. Also a limit, when the medicine is or may be taken nearly every day: from
    there to a few days a month is a sudden stop as well.
    """
    if manner is Manner.TAPER or ending(medicine) is not Ending.TAPER:
        return False
    return manner is Manner.STOP or abrupt_stop_is_dangerous(medicine).answer is Answer.MET


def hospital_advised(medicine: EndedMedicine) -> bool:
    """Whether withdrawal in hospital or under a specialist is advised."""
    return medicine.habit_forming


def _answer(medicine: EndedMedicine, near_daily: Answer) -> Answer:
    if medicine.habit_forming:
        return Answer.CANNOT_TELL if near_daily is Answer.NOT_MET else Answer.MET
    if medicine.steady is Steady.ANTISEIZURE:
        return yes_no(medicine.epilepsy)
    return Answer.MET if medicine.steady else Answer.NOT_MET


def _harmless_without_epilepsy(medicine: EndedMedicine) -> bool:
    return medicine.steady is Steady.ANTISEIZURE and medicine.epilepsy is False


def _substances(medicine: EndedMedicine) -> tuple[tuple[str, bool], ...]:
    steady = medicine.steady
    return (
        ("Opioid", medicine.opioid),
        ("Barbiturate: seizures are possible on withdrawal", medicine.barbiturate),
        ("Tranquilliser", medicine.tranquilliser),
        (steady.label if steady else "", steady is not None),
    )


def _questions(medicine: EndedMedicine, near_daily: Answer) -> tuple[str, ...]:
    if not medicine.habit_forming:
        asked = medicine.steady is Steady.ANTISEIZURE and medicine.epilepsy is None
        return ("Not known: whether the patient has epilepsy",) if asked else ()
    if near_daily is Answer.MET:
        return ()
    if near_daily is Answer.CANNOT_TELL:
        return ("Not known: whether it was taken on 20 days or more",)
    return ("Not known: for how many months it has been taken",)
