"""What the safety rules need to know. Everything may be unknown; unknown is never "no"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from apps.clinical.findings import Interval
from apps.clinical.safety.conditions import BROADER, Condition


class Purpose(StrEnum):
    """What a medicine is given for."""

    PREVENTIVE = "preventive"
    ACUTE = "acute"
    RESCUE = "rescue"
    BRIDGE = "bridge"
    COMORBIDITY = "comorbidity"


class Liver(IntEnum):
    """Impairment of the liver, by Child-Pugh class."""

    NORMAL = 0
    CHILD_PUGH_A = 1
    CHILD_PUGH_B = 2
    CHILD_PUGH_C = 3


class Measure(StrEnum):
    """A measured value: millimetres of mercury, beats a minute, ms, mL/min (per 1.73 m² for eGFR), mmol/L, kg, kg/m²."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    HEART_RATE = "heart_rate"
    QTC = "qtc"
    EGFR = "egfr"
    CREATININE_CLEARANCE = "creatinine_clearance"
    POTASSIUM = "potassium"
    WEIGHT = "weight"
    BMI = "bmi"

    @property
    def label(self) -> str:
        """The measure as words for the page."""
        return {
            Measure.SYSTOLIC: "systolic blood pressure",
            Measure.DIASTOLIC: "diastolic blood pressure",
            Measure.HEART_RATE: "heart rate",
            Measure.QTC: "QTc",
            Measure.EGFR: "eGFR",
            Measure.CREATININE_CLEARANCE: "creatinine clearance",
            Measure.POTASSIUM: "potassium",
            Measure.WEIGHT: "weight",
            Measure.BMI: "body mass index",
        }[self]


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with the day it was measured."""

    value: float
    on: date


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What is known about the patient. None: not recorded.

    age in years. pregnancy_weeks: completed weeks. planning_pregnancy, breastfeeding: now. ppp_signed_on: the last
    sign-off of the pregnancy prevention programme; a programme that is not signed is not in place. two_specialists:
    two specialists have agreed on valproate. can_father, male_contraception: could father a child, uses contraception.
    present, excluded: conditions the patient has, and has not; what is in neither is not recorded. allergies: keys of
    ingredients or groups; None when allergies were not asked. medicine_list_complete: other doctors' medicines, bought
    ones and supplements were asked about. opioid_days, butalbital_days, acute_days: intake days of the last 30.
    class_limit_reached: any class reaches its limit of ICHD-3 8.2 in the last 30 days. phq9_rise: since the start of
    the medicine. suicide_risk: C-SSRS moderate or high. apnoea_risk: the sleep screen points to sleep apnoea.
    sedation_plan: a documented plan for an opioid with a benzodiazepine in sleep apnoea.

    Raises ValueError when a condition is both present and excluded.
    """

    age: int | None = None
    can_become_pregnant: bool | None = None
    pregnant: bool | None = None
    pregnancy_weeks: int | None = None
    planning_pregnancy: bool | None = None
    breastfeeding: bool | None = None
    contraception_highly_effective: bool | None = None
    combined_oestrogen_contraceptive: bool | None = None
    oral_contraceptive: bool | None = None
    ppp_signed_on: date | None = None
    two_specialists: bool | None = None
    can_father: bool | None = None
    male_contraception: bool | None = None
    present: frozenset[Condition] = frozenset()
    excluded: frozenset[Condition] = frozenset()
    measures: Mapping[Measure, Measured] = field(default_factory=dict)
    liver: Liver | None = None
    allergies: frozenset[str] | None = None
    medicine_list_complete: bool | None = None
    opioid_days: Interval | None = None
    butalbital_days: Interval | None = None
    acute_days: Interval | None = None
    class_limit_reached: bool | None = None
    phq9: int | None = None
    phq9_item9: int | None = None
    phq9_rise: int | None = None
    suicide_risk: bool | None = None
    nosas: int | None = None
    apnoea_risk: bool | None = None
    sedation_plan: bool | None = None

    def __post_init__(self) -> None:
        if both := self.present & self.excluded:
            raise ValueError(f"both present and excluded: {', '.join(sorted(both))}")

    def has(self, condition: Condition) -> bool | None:
        """Whether the patient has a condition; a narrower one brings the broader one with it. None: not recorded."""
        if condition in self.present or any(BROADER.get(each) is condition for each in self.present):
            return True
        if condition in self.excluded or BROADER.get(condition) in self.excluded:
            return False
        return None


@dataclass(frozen=True, slots=True)
class RegimenLine:
    """One medicine the patient takes, prescribed here or reported.

    code, name: the catalogue's key and generic name, or what was reported. ingredients: their keys; None when it is
    not known what the medicine contains. drug_class: the catalogue's pharmacological class. groups: further groups the
    medicine is stated to belong to, by their keys in the lists of substances. single_dose, daily_dose (the most in 24
    hours): mg or units, in a combination of its triptan or paracetamol; None when not recorded. scheduled: taken every day, not for attacks. ended_on: the last day, for what was stopped
    and still acts. proposed: not running yet. monitored: the setting its use demands is confirmed. with_steroid: a nerve
    block that contains a steroid. every_weeks: interval between treatments. days_used: days in a row it is taken.
    """

    code: str
    name: str
    ingredients: tuple[str, ...] | None = None
    drug_class: str = ""
    groups: frozenset[str] = frozenset()
    route: str = ""
    purpose: Purpose | None = None
    scheduled: bool = False
    single_dose: float | None = None
    daily_dose: float | None = None
    ended_on: date | None = None
    proposed: bool = False
    monitored: bool | None = None
    with_steroid: bool | None = None
    every_weeks: float | None = None
    days_used: int | None = None

    @property
    def preventive(self) -> bool:
        """Whether it is given to prevent attacks."""
        return self.purpose is Purpose.PREVENTIVE


@dataclass(frozen=True, slots=True)
class Intake:
    """One dose that was taken.

    earliest, latest: the first and last instant it can have been; the same when the time is known, 00:00 and 23:59 of
    the local day when it is not. dose: mg, in a combination of its triptan or paracetamol; None when not recorded. day: the local date.

    Raises ValueError when an instant has no time zone or the latest comes before the earliest.
    """

    line: RegimenLine
    day: date
    earliest: datetime
    latest: datetime
    dose: float | None = None

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            raise ValueError("an intake needs a time zone")
        if self.latest < self.earliest:
            raise ValueError("an intake cannot end before it begins")


@dataclass(frozen=True, slots=True)
class IntakeLog:
    """The doses of the days looked at. unknown_days: days of which the medicines are not, or not all, recorded."""

    intakes: tuple[Intake, ...] = ()
    unknown_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A medicine that is to end. abrupt: at once, not tapered; None when not said. days: intake days of the last 30."""

    line: RegimenLine
    abrupt: bool | None
    days: Interval | None = None


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """What is about to be signed, as far as the regimen with the change does not show it.

    by_designated_prescriber, covering_with_reason: who signs, and whether as cover with a logged reason.
    """

    stops: tuple[Stop, ...] = ()
    by_designated_prescriber: bool | None = None
    covering_with_reason: bool | None = None


@dataclass(frozen=True, slots=True)
class SafetySettings:
    """What differs from country to country, to be confirmed by the clinic.

    valproate_two_specialists_below: age, UK; None where no such rule exists. topiramate_contraceptive_from: mg a day
    from which oral contraceptives are counted as weakened. triptan_limits: mg in 24 hours by ingredient and route; ""
    stands for every route. Where countries differ the lower figure stands.
    """

    valproate_two_specialists_below: int | None = 55
    topiramate_contraceptive_from: float = 200
    triptan_limits: Mapping[tuple[str, str], float] = field(
        default_factory=lambda: {
            ("sumatriptan", "oral"): 200,
            ("sumatriptan", "subcutaneous"): 12,
            ("sumatriptan", "nasal"): 40,
            ("naratriptan", ""): 5,
            ("zolmitriptan", ""): 10,
            ("rizatriptan", ""): 20,
            ("almotriptan", ""): 25,
            ("eletriptan", ""): 80,
            ("frovatriptan", ""): 5,
        }
    )
