"""Sleep in a real browser: Maria snores, from the screen to the headache days after her treatment."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core.dates import short_date
from apps.diary.models import DiaryDay
from apps.screening.choices import ReferralState, SleepDisorder
from apps.screening.models import SleepReferral
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.screening import answers_for, make_sheet
from tests.factories.sleep import make_sleep_screen, make_sleep_study
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _question(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def _step(page: Page, action: str, **typed: str) -> None:
    page.get_by_role("link", name=action).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(action)
    for label, words in typed.items():
        page.get_by_role("textbox", name=label.replace("_", " ")).first.fill(words)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator("main")).to_contain_text("The step is saved.")


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without"])
def test_maria_snores(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None], javascript: bool
) -> None:
    today = timezone.localdate()
    acted_on = today - timedelta(days=40)
    DiaryDay.objects.bulk_create(
        DiaryDay(patient=people.patient, day=acted_on + timedelta(days=day), state="headache" if day < 0 else "none")
        for day in range(-28, 20)
    )
    make_sheet(people.patient, "ess", answers_for("ess", 14), answered_on=today - timedelta(days=60))
    page = new_page(javascript=javascript, user=people.treating)
    page.goto(reverse("screening:sleep", args=[people.patient.pk]))
    page.get_by_role("link", name="Answer the sleep screen").press("Enter")
    page.get_by_label("Answered on").fill(short_date(today - timedelta(days=60)))
    _question(page, "Snores loudly on most nights", "Yes")
    _question(page, "Somebody has seen pauses in breathing, or gasping", "Yes")
    page.get_by_label("Ferritin").fill("low")
    page.get_by_role("button", name="Save and see what it points to").press("Enter")
    expect(page.locator("#div_id_ferritin")).to_contain_text("Enter a number from 0 to 5000")
    expect(page.get_by_label("Ferritin")).to_have_value("low")
    page.get_by_label("Ferritin").fill("80")
    page.get_by_role("button", name="Save and see what it points to").press("Enter")
    first = page.get_by_role("region", name="Obstructive sleep apnoea")
    expect(first).to_contain_text("Met")
    expect(first).to_contain_text("Epworth, from 11: 14")
    first.get_by_role("link", name="Want this study").press("Enter")
    expect(page.get_by_label("Polysomnography or home sleep apnoea test")).to_be_checked()
    page.get_by_role("button", name="Put it on the list").press("Enter")
    page.get_by_role("region", name="Studies on their way").get_by_role("link").press("Enter")
    day = short_date(acted_on)
    _step(page, "Order it", Ordered_on=day, Where_to="Sleep laboratory")
    _step(page, "Enter the appointment", Appointment_on=day)
    _step(page, "It was done", Done_on=day)
    _step(page, "Enter the result", Result_of=day, Result_in_words="Moderate sleep apnoea", AHI="22")
    _step(page, "Say what was done about it", Acted_on_it_on=day, What_was_done="CPAP begun", Hours_a_night="5.5")
    expect(page.locator("main")).to_contain_text("22 events an hour")
    page.get_by_text("as a table").click()
    expect(page.get_by_role("row", name="Before")).to_contain_text("28 of 28 days")
    expect(page.get_by_role("row", name="After, 1–28")).to_contain_text("0–8 of 28 days")
    assert SleepReferral.objects.get().state == ReferralState.ACTED_ON
    if javascript:
        assert_accessible(page)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["desk", "telephone, dark"])
def test_every_page_is_accessible(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    patient, me = people.patient, people.treating
    screen = make_sleep_screen(patient, by=me)
    make_sleep_screen(patient, by=me)
    late = make_sleep_study(patient, by=me, state=ReferralState.ORDERED, overdue=True)
    acted = make_sleep_study(
        patient,
        by=me,
        disorder=SleepDisorder.INSOMNIA,
        state=ReferralState.ACTED_ON,
        on=timezone.localdate() - timedelta(days=70),
    )
    page = new_page(size, dark=dark, user=me)
    for name, more in (
        ("sleep", []),
        ("sleep_screen", []),
        ("sleep_past", [screen.pk]),
        ("sleep_want", ["restless_legs"]),
        ("sleep_referral", [late.pk]),
        ("sleep_referral", [acted.pk]),
        ("sleep_step", [late.pk, "booked"]),
        ("sleep_adherence", [acted.pk]),
        ("sleep_drop", [late.pk]),
        ("sleep_due", [late.pk]),
    ):
        page.goto(reverse(f"screening:{name}", args=[patient.pk, *more]))
        assert_accessible(page)
    page.goto(reverse("screening:sleep_referrals"))
    expect(page.get_by_role("link", name="Halvorsen, Ingrid")).to_be_visible()
    assert_accessible(page)
    page.goto(reverse("screening:sleep_step", args=[patient.pk, late.pk, "done"]))
    page.get_by_label("Done on").fill("1/1/2099")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#div_id_on")).to_contain_text("Enter a date up to")
    assert_accessible(page)
