"""An attack as somebody of the clinic describes it: plain values, shared by form and service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import short_date
from apps.diary.models.attack import LONGEST_ATTACK_DAYS
from apps.diary.models.day import EARLIEST_DAY


@dataclass(frozen=True, slots=True)
class DescribedAttack:
    """Fields mean what they mean in `Attack`. started, ended: with their distance from UTC, None when not known.

    features: name of a feature column -> present or absent; a feature that is not in it was not asked.
    words: name of a word-list column -> its words.
    """

    first_day: date
    last_day: date
    started: datetime | None = None
    ended: datetime | None = None
    pain: int | None = None
    severity: int | None = None
    features: Mapping[str, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    aura_minutes: int | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    most_bothersome: str = ""
    note: str = ""

    @property
    def days(self) -> Period:
        """The dates it touches."""
        return Period(self.first_day, self.last_day)


def attack_faults(attack: DescribedAttack, *, today: date) -> dict[str, str]:
    """What can't be recorded, as field name -> sentence; empty when all is well."""
    faults: dict[str, str] = {}
    if attack.first_day < EARLIEST_DAY:
        faults["first_day"] = f"Check the year: {short_date(attack.first_day)} is before 1990."
    if attack.last_day > today:
        faults["last_day"] = f"{short_date(attack.last_day)} is in the future. Leave the end empty while it goes on."
    elif attack.last_day < attack.first_day:
        faults["last_day"] = "Enter a last day on or after the first one."
    elif attack.last_day - attack.first_day > LONGEST_ATTACK_DAYS * ONE_DAY:
        faults["last_day"] = (
            f"Check the dates: an attack of more than {LONGEST_ATTACK_DAYS} days is recorded by the day."
        )
    if attack.ended and not attack.started:
        faults["begins_at"] = "Enter when it began, too: an end alone does not say how long it was."
    elif attack.started and attack.ended and attack.ended < attack.started:
        faults["ends_at"] = "Enter an end after the beginning."
    return faults
