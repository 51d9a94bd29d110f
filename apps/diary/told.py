"""What a patient says through the personal diary link, as plain values shared by form and service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Final
from uuid import UUID

from apps.diary.choices import EntryKind, Relief, State
from apps.diary.entries import IntakeEntry

# Columns of `Attack` that are asked with yes and no.
FEATURES: Final = (
    "unilateral",
    "pulsating",
    "worse_with_activity",
    "nausea",
    "vomiting",
    "photophobia",
    "phonophobia",
    "aura",
)


# Columns of `Attack` that hold lists of words and are asked of the patient.
WORDS: Final = ("premonitory", "postdrome", "relief_methods")


@dataclass(frozen=True, slots=True)
class Medicines:
    """What was taken. known: the question was answered, also with "nothing". other_name: as typed, for a medicine
    that is not among the patient's own."""

    intakes: tuple[IntakeEntry, ...] = ()
    known: bool = False
    other_name: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """The optional part. Everything is empty when it was skipped; started and ended carry their distance from UTC."""

    started: datetime | None = None
    ended: datetime | None = None
    features: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    aura_minutes: int | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    relief: Relief | None = None
    before_pain: bool | None = None
    function: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoHeadache:
    """A day without headache; a medicine may have been taken all the same."""

    medicines: Medicines


@dataclass(frozen=True, slots=True)
class NewAttack:
    severity: int | None
    medicines: Medicines
    details: Details


@dataclass(frozen=True, slots=True)
class StillGoing:
    """The headache of the day before goes on."""


@dataclass(frozen=True, slots=True)
class MoreDetails:
    """What is added to an attack that was entered before."""

    attack_id: int
    severity: int | None
    details: Details


@dataclass(frozen=True, slots=True)
class CorrectedDay:
    """A whole day as it should be recorded."""

    state: State
    severity: int | None
    function: int | None
    medicines: Medicines
    note: str


@dataclass(frozen=True, slots=True)
class AboutDay:
    """Asked on days with and without headache. exposures: None when not asked, empty when none was present."""

    menstruation: bool | None
    sleep_minutes: int | None
    exposures: tuple[str, ...] | None


What = NoHeadache | NewAttack | StillGoing | MoreDetails | CorrectedDay | AboutDay


@dataclass(frozen=True, slots=True)
class Told:
    """One thing the patient sent.

    key, payload_hash: the same key with the same hash is the same entry sent again. clock: where the phone is.
    written_at: when the phone says it was written. seen: version of the day on the patient's page, 0 when it was not
    recorded, None when the phone had no page. confirmed: the patient was asked and said yes.
    """

    key: UUID
    payload_hash: str
    kind: EntryKind
    day: date
    clock: tzinfo
    written_at: datetime | None
    seen: int | None
    confirmed: bool
    what: What
