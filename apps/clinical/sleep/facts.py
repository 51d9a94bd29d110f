"""What the sleep rules need to know. Everything may be unknown; unknown is never "no"."""

from dataclasses import dataclass
from enum import StrEnum

from apps.clinical.findings import Answer, Fact, Finding, Interval
from apps.clinical.sleep.timing import SleepTiming


@dataclass(frozen=True, slots=True)
class SleepFacts:
    """The answers of the sleep screen, the scores and the measures. None: not asked or not known.

    epworth 0–24, nosas 0–17, isi 0–28, sci 0–32: totals. bmi in kg/m². opioid_days, waking_headache_days: days of the
    last 30 with an opioid, and with a headache present on waking that was gone within four hours.
    trouble_sleeping: falling or staying asleep is hard on at least three nights a week for at least three months, with
    effect on the day. sleep_opportunity_hours: time in bed on most nights. sleepy_for_months: how long the sleepiness
    has lasted. ferritin in µg/L, transferrin_saturation in %. hsat_inconclusive: a home test was negative,
    inconclusive or failed. psg_negative: a polysomnography was negative. severe_insomnia: in the clinician's
    judgement, beside the score. free_running: sleep moves later from day to day.
    """

    epworth: int | None = None
    nosas: int | None = None
    stop_bang_high: bool | None = None
    isi: int | None = None
    sci: int | None = None
    loud_snoring: bool | None = None
    witnessed_apnoea: bool | None = None
    hypertension: bool | None = None
    resistant_hypertension: bool | None = None
    bmi: float | None = None
    waking_headache_days: Interval | None = None
    heart_or_lung_disease: bool | None = None
    heart_failure: bool | None = None
    neuromuscular_weakness: bool | None = None
    hypoventilation: bool | None = None
    stroke: bool | None = None
    opioid_days: Interval | None = None
    hsat_inconclusive: bool | None = None
    psg_negative: bool | None = None
    severe_insomnia: bool | None = None
    trouble_sleeping: bool | None = None
    sleep_opportunity_hours: float | None = None
    sleepy_for_months: int | None = None
    long_sleep: bool | None = None
    sleep_attacks: bool | None = None
    cataplexy: bool | None = None
    sleep_paralysis: bool | None = None
    restless_legs: bool | None = None
    ferritin: float | None = None
    transferrin_saturation: float | None = None
    leg_jerks_seen: bool | None = None
    unrefreshing_sleep: bool | None = None
    untreated_apnoea: bool | None = None
    shift_work: bool | None = None
    free_running: bool | None = None
    dream_enactment: bool | None = None
    timing: SleepTiming | None = None


class Study(StrEnum):
    """What may be ordered or arranged."""

    POLYSOMNOGRAPHY_OR_HOME_TEST = "psg_or_hsat"
    POLYSOMNOGRAPHY = "psg"
    SLEEP_DIARY_AND_CBTI = "diary_cbti"
    LOG_THEN_MSLT = "log_psg_mslt"
    CRITERIA_AND_FERRITIN = "criteria_ferritin"
    LOG_WITH_ACTIGRAPHY = "log_actigraphy"
    VIDEO_POLYSOMNOGRAPHY = "video_psg"

    @property
    def label(self) -> str:
        """The study as words for the page."""
        return {
            Study.POLYSOMNOGRAPHY_OR_HOME_TEST: "Polysomnography or home sleep apnoea test",
            Study.POLYSOMNOGRAPHY: "Polysomnography in the sleep laboratory",
            Study.SLEEP_DIARY_AND_CBTI: "Two weeks of sleep diary, referral for CBT-I",
            Study.LOG_THEN_MSLT: "One to two weeks of sleep log or actigraphy, then polysomnography and MSLT",
            Study.CRITERIA_AND_FERRITIN: "Check the five clinical criteria; ferritin and transferrin saturation",
            Study.LOG_WITH_ACTIGRAPHY: "Sleep log with actigraphy, 7 to 14 days including free days; sleep clinic",
            Study.VIDEO_POLYSOMNOGRAPHY: "Polysomnography with video",
        }[self]


@dataclass(frozen=True, slots=True)
class Route:
    """One disorder: its finding and, when it is met, the study or referral that is recommended.

    not_this: the test that would be the wrong one here, as a sentence; empty when there is none. reasons: of the facts
    those that speak for it.
    """

    disorder: str
    finding: Finding
    study: Study | None = None
    not_this: str = ""
    reasons: tuple[Fact, ...] = ()

    @property
    def suspected(self) -> bool:
        """Whether the answers point to this disorder."""
        return self.finding.answer is Answer.MET
