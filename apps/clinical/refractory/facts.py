"""What the definitions need to know about the person. Everything may be unknown; unknown is never "no"."""

from dataclasses import dataclass

from apps.clinical.instruments.midas import MOST_DAYS
from apps.clinical.refractory.months import DebilitatingMonth
from apps.clinical.refractory.tally import EVERYTHING_ACUTE, EVERYTHING_TRIED
from apps.clinical.refractory.trials import AcuteTrial, PreventiveTrial
from apps.clinical.three_valued import some

# Five questions about days of three months.
MIDAS_MOST = 5 * MOST_DAYS


@dataclass(frozen=True, slots=True)
class RefractoryFacts:
    """None: not asked or not known.

    migraine: ICHD-3 migraine with or without aura. chronic_migraine: ICHD-3 1.3. interference: headache interferes
    significantly with function or quality of life despite changes to triggers and lifestyle. medication_overuse,
    overuse_headache: overuse, and the diagnosis that comes of it. secondary_causes_excluded: by the work-up.
    comorbidity_care: psychiatric and other comorbidity is treated adequately; team_available: a multidisciplinary team
    for it exists here. acute_use_confirmed: the clinician confirms that acute medicine of established efficacy was
    taken early and in the recommended dose on the days counted as debilitating. charts_show_three_months: review of
    the charts shows at least 8 debilitating days a month for the last three. cgrp_class_exhausted: the clinician
    regards all that acts on CGRP as tried. infusion_or_inpatient_failed, detoxification_failed: after it was tried.
    midas: the latest total.

    preventives, acutes: the ledger rows. preventives_complete, acutes_complete: all that was ever tried is among them;
    until then a class without a row is not known.
    months: 30-day windows, newest first.

    Raises ValueError when two rows have the same key, or the MIDAS total is out of range.
    """

    migraine: bool | None = None
    chronic_migraine: bool | None = None
    interference: bool | None = None
    medication_overuse: bool | None = None
    overuse_headache: bool | None = None
    secondary_causes_excluded: bool | None = None
    comorbidity_care: bool | None = None
    team_available: bool | None = None
    acute_use_confirmed: bool | None = None
    charts_show_three_months: bool | None = None
    cgrp_class_exhausted: bool | None = None
    infusion_or_inpatient_failed: bool | None = None
    detoxification_failed: bool | None = None
    midas: int | None = None
    preventives: tuple[PreventiveTrial, ...] = ()
    acutes: tuple[AcuteTrial, ...] = ()
    preventives_complete: bool = False
    acutes_complete: bool = False
    months: tuple[DebilitatingMonth, ...] = ()

    def __post_init__(self) -> None:
        rows = [*(trial.row for trial in self.preventives), *(trial.row for trial in self.acutes)]
        if len(rows) != len(set(rows)):
            raise ValueError("two trials have the same row")
        if self.midas is not None and not 0 <= self.midas <= MIDAS_MOST:
            raise ValueError(f"a MIDAS total lies between 0 and {MIDAS_MOST}")

    @property
    def any_migraine(self) -> bool | None:
        """Migraine of any kind: chronic migraine is migraine."""
        return some((self.migraine, self.chronic_migraine))

    @property
    def preventives_question(self) -> str:
        """The question whether the list of preventives is complete; empty when it is."""
        return "" if self.preventives_complete else EVERYTHING_TRIED

    @property
    def acutes_question(self) -> str:
        """The question whether the list of acute medicines is complete; empty when it is."""
        return "" if self.acutes_complete else EVERYTHING_ACUTE
