"""A withdrawal in a real browser: from the draft to the watch for relapse, and a signal answered."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core.dates import short_date
from apps.screening.models import OveruseSignal, WithdrawalPlan
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary import headache, make_acute_medicine, record
from tests.factories.withdrawal import make_draft, make_opioid, make_signal, make_silence, make_watched, with_medicine
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def taken(people: People, days: int = 14) -> None:
    """Tramadol every day and a triptan every second day."""
    make_opioid()
    make_acute_medicine("rizatriptan")
    today = timezone.localdate()
    for number in range(days):
        codes = ["tramadol", "rizatriptan"] if number % 2 else ["tramadol"]
        record(people.patient, headache(today - timedelta(days=number), *codes))


def test_from_the_draft_to_the_watch_for_relapse(new_page: PageMaker, people: People) -> None:
    taken(people)
    today = timezone.localdate()
    address = reverse("screening:withdrawal", args=[people.patient.pk])
    nurse = new_page(user=people.colleague)
    nurse.goto(address)
    nurse.get_by_role("link", name="Write a withdrawal plan").press("Enter")
    nurse.get_by_label("Begins on", exact=True).fill(short_date(today - timedelta(days=3)))
    nurse.get_by_label("What the patient was told to expect").fill("It gets worse first")
    nurse.get_by_role("button", name="Save the draft").press("Enter")
    expect(nurse.locator("main")).to_contain_text("Do not stop abruptly: taper")

    nurse.get_by_role("link", name="Say how Tramadol is ended").press("Enter")
    expect(nurse.get_by_label("Steps of the taper")).to_be_hidden()
    nurse.get_by_label("Stop at once").check()
    nurse.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(nurse.locator("main")).to_contain_text("Say why, or choose a taper")
    nurse.get_by_label("Taper", exact=True).check()
    steps = f"{short_date(today)}: 3 tablets a day\n{short_date(today + timedelta(days=7))}: 2 tablets a day"
    nurse.get_by_label("Steps of the taper").fill(steps)
    nurse.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(nurse.get_by_role("heading", name="Tramadol: taper")).to_be_visible()
    nurse.get_by_role("link", name="Say how Rizatriptan is ended").press("Enter")
    nurse.get_by_label("Limit to a number of days a month").check()
    nurse.get_by_label("At most days a month").fill("8")
    nurse.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(nurse.get_by_role("heading", name="Rizatriptan: at most 8 days a month")).to_be_visible()
    expect(nurse.get_by_role("region", name="Only the prescriber puts this plan in force")).to_contain_text("Dr Amara")

    prescriber = new_page(user=people.treating)
    prescriber.goto(address)
    prescriber.get_by_role("button", name="Sign and put in force").press("Enter")
    expect(prescriber.locator("main")).to_contain_text("signed by Dr Amara Okafor")

    nurse.goto(reverse("overview:today"))
    nurse.get_by_role("link", name=re.compile("check of the withdrawal")).press("Enter")
    nurse.get_by_label("How it goes").fill("Bad days, goes on")
    nurse.get_by_role("button", name="Save the check").press("Enter")
    expect(nurse.locator("main")).to_contain_text("Bad days, goes on")
    nurse.get_by_role("link", name="The withdrawal ended").press("Enter")
    nurse.get_by_label("Withdrawal ended on").fill(short_date(today - timedelta(days=1)))
    nurse.get_by_role("button", name="Save and watch for relapse").press("Enter")
    expect(nurse.locator("main")).to_contain_text("Watched for relapse")
    assert WithdrawalPlan.objects.get().state == "watching"


def test_a_signal_is_answered_without_javascript(new_page: PageMaker, people: People) -> None:
    make_signal(people.patient)
    page = new_page(javascript=False, user=people.colleague)
    page.goto(reverse("screening:signals", args=[people.patient.pk]))
    page.get_by_role("link", name="Answer: All acute medicines").press("Enter")
    page.get_by_label("Silence it for a while").check()
    page.get_by_label("Silent until").fill(short_date(timezone.localdate() + timedelta(days=30)))
    page.get_by_label("Why nobody needs to be told").fill("Withdrawal planned")
    page.get_by_role("button", name="Save the answer").press("Enter")
    expect(page.locator("main")).to_contain_text("Silent for a while")
    page.get_by_role("button", name="Lift the silence").press("Enter")
    expect(page.locator("main")).not_to_contain_text("Silent for a while")
    assert OveruseSignal.objects.get().state == "silenced"


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_every_page_is_accessible(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    taken(people, 4)
    today = timezone.localdate()
    patient = people.patient
    page = new_page(size, dark=dark, user=people.treating)

    def look(name: str, *more: object) -> None:
        page.goto(reverse(f"screening:{name}", args=[patient.pk, *more]))
        assert_accessible(page)

    look("withdrawal")
    look("begin_withdrawal")
    plan = with_medicine(make_draft(patient, people.colleague), people.colleague)
    look("withdrawal")
    look("write_withdrawal", plan.pk)
    look("withdrawal_line", plan.pk, "tramadol")
    page.get_by_label("Stop at once").check()
    page.get_by_role("button", name="Save", exact=True).click()
    assert_accessible(page)
    look("add_withdrawal_check", plan.pk)
    look("close_withdrawal", plan.pk)
    WithdrawalPlan.objects.filter(pk=plan.pk).update(
        state="closed", closed_at=timezone.now(), closed_by=people.treating, outcome="Begun anew"
    )
    watched = make_watched(patient, people.treating, today - timedelta(days=3))
    look("withdrawal")
    look("withdrawal_check", watched.checks.order_by("due_on")[0].pk)
    signal = make_signal(patient)
    make_signal(patient, "8.2.2", state="passed", answered_at=timezone.now())
    make_silence(patient, people.treating, "8.2.5")
    look("signals")
    look("answer_signal", signal.pk)
    page.goto(reverse("screening:signal_figures"))
    assert_accessible(page)
