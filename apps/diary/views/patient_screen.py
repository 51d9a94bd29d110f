"""What stands on the patient's page, put together for the page itself and for the answer to the page's script."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.clinical.periods import ONE_DAY, Period
from apps.core.writing import Refused
from apps.diary.agreed_days import agreed_days_of
from apps.diary.choices import EntryKind, Source, State
from apps.diary.forms.patient import FORMS, EntryForm, chosen_before
from apps.diary.models import DiaryLink
from apps.diary.presenters import patient as words
from apps.diary.selectors.links import LastDays, as_buttons, last_days, offered_medicines, open_attack
from apps.diary.selectors.rollup import acute_days_of_month
from apps.diary.services.links import THE_PATIENT
from apps.diary.services.patient_days import DayChanged
from apps.diary.services.patient_entries import AskFirst, LinkGone, open_days, take_entry
from apps.medicines.models import Medicine
from apps.patients.models import Patient


@dataclass(frozen=True)
class Question:
    """What the patient is asked before an entry is taken. answer: what is sent beside the entry after a yes."""

    sentence: str
    yes: str
    answer: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What became of a valid form. Neither saved, nor asked, nor gone: the form has the errors."""

    saved: bool = False
    gone: bool = False
    question: Question | None = None


@dataclass(frozen=True)
class Shown:
    """Which screen is asked for: the day, and whether the whole day or one of its headaches is to be changed."""

    today: date
    day: date
    change: bool = False
    attack: int | None = None
    saved: str = ""
    time_fault: str = ""


@dataclass(frozen=True)
class Attempted:
    """A form that was sent and is shown again."""

    form: EntryForm
    question: Question | None = None
    repeat: list[tuple[str, str]] = field(default_factory=list)


def send(link: DiaryLink, form: EntryForm) -> Outcome:
    """Hand a valid form's entry to the diary; what is refused stands in the form afterwards."""
    try:
        take_entry(link=link, told=form.told, now=timezone.now(), by=THE_PATIENT)
    except LinkGone:
        return Outcome(gone=True)
    except Refused as refused:
        form.refuse(refused.errors)
        return Outcome()
    except AskFirst as ask:
        sentence = f"{ask} Replace it by “no headache”?"
        return Outcome(question=Question(sentence, "Yes, no headache", {"confirmed": "on"}))
    except DayChanged as changed:
        who = "The clinic" if changed.by_clinic else "Another entry"
        sentence = (
            f"{who} changed this day meanwhile. It now says: {words.day_words(changed.row)}. Save yours all the same?"
        )
        return Outcome(question=Question(sentence, "Yes, save mine", {"seen": str(changed.row.version)}))
    return Outcome(saved=True)


def today_of(form: EntryForm) -> date:
    """The date where the phone is."""
    return timezone.now().astimezone(form.clock).date() if hasattr(form, "cleaned_data") else timezone.localdate()


def shown_day(wanted: date | None, today: date) -> date:
    """The day that was asked for if the link may show it, else today."""
    return wanted if wanted is not None and wanted in open_days(today) else today


def believable_today(claimed: date | None) -> date:
    """The phone's date, when it is one somewhere on earth now; else the clinic's."""
    utc = datetime.now(UTC).date()
    return claimed if claimed is not None and abs(claimed - utc) <= timedelta(days=1) else timezone.localdate()


def screen(link: DiaryLink, token: str, shown: Shown, attempted: Attempted | None = None) -> dict[str, Any]:
    """Everything the templates need. Eight queries, and one more for a patient who has agreed on a number of days."""
    window = open_days(shown.today)
    days = last_days(link.patient, Period(window.first - ONE_DAY, window.last))
    row = days.rows.get(shown.day)
    own = row is None or row.source == Source.LINK
    forms = _forms(shown, days, offered_medicines(link))
    if attempted:
        forms[attempted.form.kind.value] = attempted.form
    change = shown.change or (attempted is not None and attempted.form.kind is EntryKind.CORRECT)
    details = shown.attack is not None or (attempted is not None and attempted.form.kind is EntryKind.DETAILS)
    return {
        "token": token,
        "address": reverse("diary:patient", args=[token]),
        "shown": shown,
        "initials": words.initials(link.patient),
        "line": words.day_line(shown.day, days, shown.today),
        "lines": words.lines(days, window, shown.today),
        "agreed": _agreed(link.patient, shown.today),
        "own": own,
        "headache_recorded": row is not None and row.state == State.HEADACHE,
        "attacks": words.attack_lines(days, shown.day) if own else [],
        "mode": _mode(own=own, change=change and row is not None, details=details),
        "forms": forms,
        "ongoing": own and _goes_on(days, shown.day),
        "attempted": attempted,
        "saved": words.saved_sentence(shown.saved),
        "days_back": settings.DIARY_LINK_DAYS_BACK,
        "ends_on": link.ends_on,
    }


def _agreed(patient: Patient, today: date) -> str:
    """What was agreed on, beside what was used; empty when nothing was agreed on."""
    days = agreed_days_of(patient)
    return "" if days is None else words.agreed_line(days, acute_days_of_month(patient, today))


def _goes_on(days: LastDays, day: date) -> bool:
    """Whether to ask if yesterday's headache is still there: not once the day has it."""
    attack = open_attack(days, day)
    return attack is not None and attack.last_day < day


def _mode(*, own: bool, change: bool, details: bool) -> str:
    if not own:
        return "read"
    return "change" if change else "details" if details else "enter"


def _forms(shown: Shown, days: LastDays, medicines: list[Medicine]) -> dict[str, EntryForm]:
    row = days.rows.get(shown.day)
    buttons = as_buttons(medicines)
    common = {"day": shown.day.isoformat(), "seen": row.version if row else 0}
    more: dict[str, dict[str, Any]] = {EntryKind.DETAILS.value: {"attack": shown.attack}}
    if row is not None:
        more[EntryKind.CORRECT.value] = chosen_before(row)
    return {
        kind: form(
            initial={**common, "key": uuid.uuid4(), **more.get(kind, {})},
            # A correction must be able to name everything that is recorded.
            medicines=medicines if form.kind is EntryKind.CORRECT else buttons,
            auto_id=f"{kind}_%s",
        )
        for kind, form in FORMS.items()
    }
