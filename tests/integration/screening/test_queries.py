"""The screening page asks the database a dozen times at most, however long somebody has been in the clinic."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.instruments import instrument
from apps.patients.models import Patient
from apps.screening.models import Administration
from tests.factories.screening import answers_for, make_sheet
from tests.factories.tablet import make_set, question_url, tablet_client

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
MOST_QUERIES = 12
YEARS = 10
# Code, total, and every how many days.
RHYTHMS = (("phq4", 4, 30), ("phq9", 12, 90), ("isi", 9, 90), ("midas", 25, 90), ("hit6", 60, 90))


def ten_years(patient: Patient) -> int:
    """Answer sheets of ten years, as the clinic's schedule brings them together. How many there are."""
    today = timezone.localdate()
    sheets = [
        Administration(
            patient=patient,
            instrument=code,
            instrument_version="1.0",
            rule_version="1.0",
            answered_on=today - timedelta(days=days),
            state="complete",
            answers=_answers(code, total),
            missing=0,
            total=total,
            band=instrument(code).band_of(total),
            positive=instrument(code).positive(total),
        )
        for code, total, every in RHYTHMS
        for days in range(0, YEARS * 365, every)
    ]
    Administration.objects.bulk_create(sheets)
    return len(sheets)


def _answers(code: str, total: int) -> dict[str, int]:
    if code == "hit6":
        return {f"item{place}": total // 6 for place in range(1, 7)}
    more = {"a": 30} if code == "midas" else {}
    return {**answers_for(code, total), **more}


@pytest.mark.parametrize("state", ["nothing on the tablet", "open on the tablet", "given back unfinished"])
def test_the_page_with_ten_years_of_answers(
    client_of: SignIn,
    colleague: User,
    patient: Patient,
    state: str,
) -> None:
    assert ten_years(patient) > 250
    make_sheet(patient, "gad7", {"item1": 1}, finished=False)
    if state != "nothing on the tablet":
        tablet = tablet_client(make_set(patient, colleague, "phq4", "sds"))
        tablet.post(question_url(1, 1), {"answer": 1})
        if state == "given back unfinished":
            tablet.post(reverse("screening:tablet_end"))
    client = client_of(colleague)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("screening:overview", args=[patient.pk]))
    # Session, person and access log among them; not the sliding session's own save after the page.
    asked = [query["sql"][:80] for query in queries if query["sql"].startswith("SELECT")]
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
    assert len(page.context["rows"]) == 10
    assert {line.code for group in page.context["groups"] for line in group.answered} >= {"phq9", "midas", "gad7"}
