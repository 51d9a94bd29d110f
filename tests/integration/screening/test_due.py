"""What is due at a visit, the clinic's own schedule, groups, and memory beside the diary."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.schedule import Rhythm
from apps.diary.models import DiaryDay
from apps.patients.models import Patient
from apps.screening.schedule import clinic_schedule
from tests.factories.screening import answers_for, make_sheet
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LITTLE_WORRY = {f"item{place}": 1 for place in range(1, 5)}
LITTLE_IMPACT = {f"item{place}": 6 for place in range(1, 7)}


def due(client: Client, patient: Patient) -> dict[str, Any]:
    response = client.get(reverse("screening:overview", args=[patient.pk]))
    return {line.code: line for line in response.context["due"]}


def test_what_is_due_stands_on_top_with_one_button_each(client_of: SignIn, treating: User, patient: Patient) -> None:
    today = timezone.localdate()
    make_sheet(patient, "phq9", answered_on=today - timedelta(days=400))
    make_sheet(patient, "phq4", LITTLE_WORRY, answered_on=today - timedelta(days=1))
    make_sheet(patient, "isi", answers_for("isi", 5), answered_on=today - timedelta(days=75))
    make_sheet(patient, "hit6", LITTLE_IMPACT, answered_on=today - timedelta(days=76))
    client = client_of(treating)
    lines = due(client, patient)
    assert {"phq4", "hit6", "pgic", "midas", "gad7"} <= lines.keys()
    assert not {"phq9", "isi", "ace"} & lines.keys()
    assert (lines["gad7"].last, lines["ndi"].remark) == ("never", "if neck pain")
    assert list(lines)[-1] == "ndi", "what may not apply comes last"
    page = page_of(client.get(reverse("screening:overview", args=[patient.pk])))
    assert page.index("Due at this visit") < page.index(">Mood</h2>") < page.index(">Sleep</h2>")
    for label in ("PHQ-4", "PHQ-9", "HIT-6", "MIDAS"):
        assert page.count(f"Ask {label} now") == 1
    make_sheet(patient, "phq4", LITTLE_WORRY)
    assert "phq4" not in due(client, patient)


def test_the_clinic_changes_the_schedule(settings: Any) -> None:
    settings.SCREENING_SCHEDULE = " hads = every_visit, phq9=quarterly,ndi=off ,"
    found = {each.code: each.rhythm for each in clinic_schedule()}
    assert found["hads"] is Rhythm.EVERY_VISIT
    assert found["phq9"] is Rhythm.QUARTERLY
    assert "ndi" not in found
    assert "ace" not in found, "what can't be asked here is not due here"


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("hads=weekly", "needs one of once, every_visit, quarterly, off"),
        ("hats=once", "called 'hats'"),
        ("phq9", "needs one of"),
    ],
    ids=["rhythm", "name", "nothing"],
)
def test_a_mistake_in_it_is_named(settings: Any, setting: str, sentence: str) -> None:
    settings.SCREENING_SCHEDULE = setting
    with pytest.raises(ImproperlyConfigured, match=sentence):
        clinic_schedule()


@pytest.mark.parametrize(("remembered", "verdict"), [(8, "They agree"), (9, "They differ"), (92, "They differ")])
def test_memory_beside_a_whole_diary(
    client_of: SignIn, treating: User, patient: Patient, remembered: int, verdict: str
) -> None:
    today = timezone.localdate()
    days = [today - timedelta(days=back) for back in range(95)]
    DiaryDay.objects.bulk_create([DiaryDay(patient=patient, day=day, state="none", intakes_known=True) for day in days])
    sheet = make_sheet(patient, "midas", {**answers_for("midas", 20), "a": remembered})
    page = page_of(client_of(treating).get(reverse("screening:sheet", args=[patient.pk, sheet.pk])))
    assert f"Remembered {remembered} days, recorded 0 days" in page
    assert f">{verdict}<" in page
    overview = page_of(client_of(treating).get(reverse("screening:overview", args=[patient.pk])))
    assert f"remembered {remembered} days, recorded 0 days" in overview


def test_memory_beside_an_empty_diary_can_not_be_told(client_of: SignIn, treating: User, patient: Patient) -> None:
    sheet = make_sheet(patient, "midas", {**answers_for("midas", 20), "a": 45})
    page = page_of(client_of(treating).get(reverse("screening:sheet", args=[patient.pk, sheet.pk])))
    assert ">Cannot tell<" in page
    assert "90 days are not known" in page
