"""Invented content for the gallery of components."""

import datetime
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

from django import forms
from django.utils.safestring import mark_safe

from apps.core.forms import ClinicDateField, ClinicForm, Conditional
from apps.core.forms.saving import Conflict, Difference
from apps.core.navigation import Entry

BORN: Final = datetime.date(1985, 3, 12)
NAMED: Final = datetime.date(2026, 2, 4)
ASKED: Final = datetime.date(2026, 11, 3)
SWATCHES: Final = (
    "paper",
    "card",
    "ink",
    "muted",
    "line",
    "edge",
    "accent",
    "accent-soft",
    "warn",
    "warn-soft",
    "danger",
    "danger-soft",
    "severity-1",
    "severity-2",
    "severity-3",
)


class ExampleForm(ClinicForm):
    """One field of each kind."""

    name = forms.CharField(max_length=40, help_text="As in the passport")
    born = ClinicDateField(label="Date of birth")
    severity = forms.ChoiceField(
        label="Headache today",
        widget=forms.RadioSelect,
        choices=[("none", "None"), ("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")],
    )
    reason = forms.ChoiceField(
        label="Reason for stopping", choices=[("", "Select one"), ("effect", "No effect"), ("other", "Another reason")]
    )
    other_reason = forms.CharField(label="If another reason, which?", max_length=200)
    days = forms.IntegerField(label="Days with acute medicine", min_value=0, max_value=31)
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="The patient agrees with the plan")

    conditional = (Conditional("other_reason", when="reason", equals=("other",)),)


@dataclass(frozen=True)
class ExampleFinding:
    answer: str
    tone: str
    headline: str
    count: str
    unit: str
    missing: str
    deciding: tuple[str, ...]
    details_title: str
    rule: str = "overuse.all_classes 1"
    source: str = "ICHD-3, 8.2"


def gallery_context() -> dict[str, Any]:
    """Everything the gallery's template shows."""
    typed = {"name": "A" * 41, "born": "31/02/2026", "reason": "other", "days": "32"}
    stale_form = ExampleForm(prefix="stale")
    stale_form.conflict = Conflict(
        SimpleNamespace(updated_at=datetime.datetime(2026, 11, 22, 10, 42, tzinfo=datetime.UTC)),
        (Difference("Days with acute medicine", "9", "11"),),
    )
    return {
        "banner": _banner(),
        "tabs": [Entry(name.lower(), name, f"#{name.lower()}", "") for name in ("Overview", "Diary", "Plan", "Team")],
        "wrong_form": _wrong_form(typed),
        "form": ExampleForm(prefix="example"),
        "stale_form": stale_form,
        "table": {
            "columns": ("Month", "Recorded", "Triptans", "All classes"),
            "rows": (("Sep 2026", 30, 7, 9), ("Oct 2026", 30, 6, 8), ("Nov 2026", 26, 5, "7–11")),
        },
        "figure": {"svg": _picture(), "columns": ("Month", "Headache days"), "rows": (("Oct", 15), ("Nov", "13–17"))},
        "findings": _findings(),
        "facts": (
            ("Now", "Erenumab 140 mg monthly with candesartan 16 mg."),
            ("Goal", "13 → 10 headache days by 1 Feb 2027; back to two half-days at work."),
            ("If not", "Next plan: eptinezumab 300 mg."),
        ),
        "documents": _documents(),
        "swatches": SWATCHES,
    }


def _wrong_form(typed: dict[str, str]) -> ExampleForm:
    return ExampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")


def _banner() -> SimpleNamespace:
    status = SimpleNamespace(
        label="Resistant", tone="danger", since=datetime.date(2026, 11, 22), detail="EHF 2020 · refractory: cannot tell"
    )
    return SimpleNamespace(
        name="Marta Lindqvist",
        age_years=41,
        born=BORN,
        identifiers=[("MRN", "004-117")],
        pronouns="she/her",
        sex="",
        language="Spanish preferred",
        allergies=["Sulfonamides (rash)"],
        allergies_headline="no others known",
        allergies_asked=ASKED,
        shows_status=True,
        status=status,
        prescriber_name="Dr A. Okafor",
        prescriber_since=NAMED,
        cover_name=None,
        cover_until=None,
        may_text="You may sign medication changes",
    )


def _findings() -> list[ExampleFinding]:
    return [
        ExampleFinding(
            "Cannot tell",
            "warn",
            "Overuse in November",
            "7–11",
            "acute medication days, limit 10",
            "4 days not recorded would decide.",
            ("6 Nov", "13 Nov", "20 Nov", "21 Nov"),
            "Days and rule for November",
        ),
        ExampleFinding(
            "Not met",
            "good",
            "Overuse in October",
            "8",
            "acute medication days, limit 10",
            "",
            (),
            "Days and rule for October",
        ),
    ]


def _documents() -> list[dict[str, str]]:
    return [
        {"id": "1", "state": "ready", "title": "Visit summary, 22 Nov 2026", "detail": "3 pages", "url": "#document-1"},
        {"id": "2", "state": "failed", "title": "Diary leaflet", "reason": "Pango is missing.", "url": "#document-2"},
        {"id": "3", "state": "done", "title": "Letter", "detail": "asked for at 10:42", "url": "#document-3"},
    ]


def _picture() -> str:
    return mark_safe(
        '<svg width="240" height="120" viewBox="0 0 240 120" role="img" aria-label="15 and 13 to 17 headache days">'
        '<rect x="20" y="30" width="60" height="75" fill="var(--severity-2)"/>'
        '<rect x="120" y="40" width="60" height="65" fill="var(--severity-2)"/>'
        '<rect x="120" y="20" width="60" height="20" fill="none" stroke="var(--ink)"/>'
        '<text x="50" y="24" text-anchor="middle" font-size="13" fill="currentColor">15</text>'
        '<text x="150" y="16" text-anchor="middle" font-size="13" fill="currentColor">13–17</text></svg>'
    )
