"""About ten courses told in full: what was tried, what is taken, what the last visit found, and the plan behind it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Course:
    """A medicine as it was started, `weeks` before today; stopped again after `stopped` weeks with a coded reason."""

    code: str
    purpose: str
    dose: str
    frequency: str
    weeks: int
    limit: int | None = None
    stopped: int | None = None
    stop_reason: str = ""
    stop_text: str = ""
    unit: str = "mg"

    @property
    def amount(self) -> Decimal:
        return Decimal(self.dose)


@dataclass(frozen=True)
class Story:
    """One person. `person` is the number in the published data; an empty allergy means that there is none."""

    person: int
    allergy: str
    reaction: str
    courses: tuple[Course, ...]
    findings: str
    diagnosis: str
    goal: str
    next_step: str
    next_trigger: str


_WEEKS_12 = "Fewer than 30 % fewer headache days after 12 weeks at dose"
_CHRONIC = "Chronic migraine. Secondary headache excluded by examination and imaging."


def _acute(code: str, dose: str, limit: int, weeks: int = 16) -> Course:
    return Course(code, "acute", dose, "at the beginning of an attack", weeks, limit=limit)


STORIES = (
    Story(
        22, "Sulfonamides", "Rash",
        (
            Course("propranolol", "preventive", "80", "twice daily", 60, stopped=14, stop_reason="no_effect"),
            Course("topiramate", "preventive", "50", "twice daily", 40, stopped=9, stop_reason="side_effect",
                   stop_text="Word-finding trouble"),
            Course("candesartan", "preventive", "16", "once daily", 14),
            _acute("sumatriptan-oral", "100", 8),
        ),
        "Headache on two days of three. Sumatriptan helps within two hours, but is taken on most headache days. "
        "Neurological examination normal, fundi normal.",
        _CHRONIC, "At most 15 headache days in 30, and one evening a week with friends.",
        "Erenumab 140 mg every 4 weeks", _WEEKS_12,
    ),
    Story(
        10, "", "",
        (
            Course("amitriptyline", "preventive", "25", "at night", 30, stopped=10, stop_reason="not_enough_effect"),
            Course("erenumab", "preventive", "140", "every 4 weeks", 10),
            _acute("rizatriptan", "10", 6), _acute("ibuprofen", "400", 9),
        ),
        "Rotates rizatriptan, ibuprofen and paracetamol so that none is taken too often; together it is nearly every day. "
        "Explained that days of all acute medicines count together.",
        _CHRONIC + " Probable overuse of several classes.", "No acute medicine on at least 20 of 30 days.",
        "Bridge with naproxen for two weeks, then withdrawal with weekly calls", "Acute medicines on 10 days or more",
    ),
    Story(
        24, "Aspirin", "Asthma",
        (
            Course("venlafaxine", "preventive", "75", "once daily", 20),
            _acute("paracetamol", "1000", 9),
        ),
        "Combination tablets bought over the counter on most days. Says that she takes them out of fear of the next "
        "attack. Sleeps badly, wakes at four.",
        _CHRONIC, "Sleep through five nights of seven.", "OnabotulinumtoxinA, PREEMPT scheme", _WEEKS_12,
    ),
    Story(
        75, "", "",
        (
            Course("candesartan", "preventive", "8", "once daily", 8),
            _acute("sumatriptan-oral", "50", 8),
        ),
        "The diary says nothing about medicines on a third of the days, so overuse cannot be judged yet. Diary explained "
        "again together with the nurse.",
        "Migraine without aura, frequent.", "A diary with medicines on at least 24 of 30 days.",
        "Metoprolol 50 mg daily", _WEEKS_12,
    ),
    Story(
        5, "Penicillin", "Swelling of the face",
        (
            Course("topiramate", "preventive", "50", "twice daily", 45, stopped=16, stop_reason="no_effect"),
            Course("propranolol", "preventive", "80", "twice daily", 28, stopped=12, stop_reason="side_effect",
                   stop_text="Dizzy, slow pulse"),
            Course("fremanezumab-monthly", "preventive", "225", "once a month", 13),
            _acute("sumatriptan-oral", "100", 8),
        ),
        "Headache nearly daily for a year. Twelve weeks of fremanezumab without change. Two half-days at work a week.",
        _CHRONIC + " Three preventive classes failed.", "Four half-days at work by spring.",
        "OnabotulinumtoxinA, PREEMPT scheme; second opinion offered", _WEEKS_12,
    ),
    Story(
        7, "", "",
        (
            Course("metoprolol", "preventive", "50", "twice daily", 12),
            _acute("naratriptan", "2.5", 8),
        ),
        "Until a month ago no acute medicine at all. Since a stressful time at work naratriptan on nearly every headache "
        "day.",
        "Migraine without aura.", "Naratriptan on at most 8 days in 30.", "Candesartan up to 16 mg", _WEEKS_12,
    ),
    Story(
        55, "Codeine", "Vomiting",
        (
            Course("amitriptyline", "preventive", "10", "at night", 18),
            _acute("ibuprofen", "400", 9), _acute("paracetamol", "1000", 9),
        ),
        "Takes ibuprofen or paracetamol on most days for neck pain and headache alike, for more than four months.",
        "Migraine without aura, neck pain.", "Ibuprofen and paracetamol together on at most 9 days in 30.",
        "Physiotherapy twice a week and duloxetine 30 mg", "Analgesics on 15 days or more at the next visit",
    ),
    Story(
        74, "", "",
        (
            Course("flunarizine", "preventive", "5", "at night", 22),
            _acute("zolmitriptan", "2.5", 8),
        ),
        "Good response: from sixteen to about five headache days. Zolmitriptan works when it is taken early.",
        "Migraine with aura, much improved.", "Keep below eight headache days and stop flunarizine in summer.",
        "Restart flunarizine, or candesartan if weight rises", "Eight headache days or more in two months running",
    ),
    Story(
        50, "Latex", "Itching",
        (
            Course("valproate", "preventive", "500", "twice daily", 50, stopped=13, stop_reason="side_effect",
                   stop_text="Hair loss, weight"),
            Course("galcanezumab", "preventive", "120", "once a month", 6),
            _acute("paracetamol", "1000", 9),
        ),
        "Daily headache with migraine on half of the days. Analgesics nearly daily. Ready to try withdrawal with help.",
        _CHRONIC + " Overuse of non-opioid analgesics.", "Two weeks without any analgesic.",
        "Inpatient withdrawal", "Analgesics on 15 days or more in the next 30",
    ),
    Story(
        110, "Morphine", "Itching",
        (
            Course("nortriptyline", "preventive", "25", "at night", 26),
            _acute("eletriptan", "40", 8),
            Course("codeine-paracetamol", "rescue", "2", "when eletriptan failed", 9, limit=2, unit="tablets"),
        ),
        "Codeine with paracetamol was meant for rescue on two days a month and is taken every week.",
        _CHRONIC, "No opioid for three months.", "Eptinezumab 100 mg every 12 weeks", _WEEKS_12,
    ),
)  # fmt: skip
