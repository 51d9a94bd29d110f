"""What the sleep screen asks, in plain words and in the order of the form.

Only what no questionnaire and no diary of the chart knows already. The names are those of `SleepFacts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Question:
    """One question that is answered with yes or no; not known when nobody knows."""

    name: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Measure(Question):
    """One question that is answered with a number from `lowest` to `highest`, with so many decimals."""

    unit: str = ""
    lowest: int = 0
    highest: int = 100
    decimals: int = 0


QUESTIONS: Final[Mapping[str, tuple[Question, ...]]] = {
    "Breathing at night": (
        Question("loud_snoring", "Snores loudly on most nights"),
        Question("witnessed_apnoea", "Somebody has seen pauses in breathing, or gasping"),
        Measure(
            "waking_headache_days",
            "Days in the last 30 with a headache on waking that is gone within 4 hours",
            "From 0 to 30, as the patient remembers",
            unit="days",
            highest=30,
        ),
        Question("hypertension", "High blood pressure, treated or not"),
        Question("resistant_hypertension", "High blood pressure in spite of three or more medicines"),
        Measure("bmi", "Body mass index", "From 8 to 120 kg/m²", unit="kg/m²", lowest=8, highest=120, decimals=1),
        Question("untreated_apnoea", "Sleep apnoea was found and is not treated"),
        Question("hsat_inconclusive", "A home sleep apnoea test was negative, unclear or failed"),
        Question("psg_negative", "A polysomnography was negative"),
    ),
    "Heart, lungs and nerves": (
        Question("heart_or_lung_disease", "Significant heart or lung disease"),
        Question("heart_failure", "Heart failure"),
        Question("neuromuscular_weakness", "A nerve or muscle disease that weakens breathing"),
        Question("hypoventilation", "Breathes too little when awake, or this is suspected in sleep"),
        Question("stroke", "Has had a stroke"),
    ),
    "Falling asleep and staying asleep": (
        Question(
            "trouble_sleeping",
            "Trouble falling or staying asleep on at least 3 nights a week, for at least 3 months, felt by day",
        ),
        Question("severe_insomnia", "Severe insomnia, in your own judgement"),
        Measure(
            "sleep_opportunity_hours",
            "Hours in bed for sleep on most nights",
            "From 0 to 24",
            unit="hours",
            highest=24,
            decimals=1,
        ),
        Question("unrefreshing_sleep", "Wakes unrefreshed on most days"),
    ),
    "Sleepy by day": (
        Measure(
            "sleepy_for_months",
            "For how many months sleepy by day",
            "0 when not sleepy",
            unit="months",
            highest=1200,
        ),
        Question("long_sleep", "Sleeps 11 hours or more in 24 hours"),
        Question("sleep_attacks", "Falls asleep without wanting to, for example while talking or eating"),
        Question("cataplexy", "Sudden weakness when laughing or surprised, while awake"),
        Question("sleep_paralysis", "Can't move for a moment when falling asleep or waking"),
    ),
    "Legs": (
        Question("leg_jerks_seen", "Somebody has seen the legs jerk again and again in sleep"),
        Measure("ferritin", "Ferritin", "From 0 to 5000 µg/L", unit="µg/L", highest=5000, decimals=1),
        Measure(
            "transferrin_saturation", "Transferrin saturation", "From 0 to 100 %", unit="%", highest=100, decimals=1
        ),
    ),
    "Times of sleep": (
        Question("shift_work", "Works shifts, or at night"),
        Question("free_running", "Falls asleep later and later from day to day"),
    ),
    "Behaviour in sleep": (Question("dream_enactment", "Acts out dreams, or was hurt or hurt somebody in sleep"),),
}

# Beside the facts of the rules: on which days of the week nobody has to get up, Monday is 0.
FREE_DAYS: Final = "free_days"
WEEKEND: Final = (5, 6)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def all_questions() -> tuple[Question, ...]:
    """Every question, in the order of the form."""
    return tuple(question for group in QUESTIONS.values() for question in group)
