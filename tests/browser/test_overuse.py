"""Overuse in a real browser: reasons, an agreement, days that go over it; accessible at a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.screening.choices import Ration
from apps.screening.models import Allowance, OveruseReview
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary_link import make_diary_link
from tests.factories.overuse import acute_diary, make_allowance, make_review
from tests.factories.visits import opened
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_every_page_is_accessible(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    patient, today = people.patient, timezone.localdate()
    acute_diary(patient, [9, 10, 10, 9], unknown=3)
    make_review(patient, people.colleague, today=today - timedelta(days=60))
    make_review(patient, people.treating, note="I can't be ill at work", today=today - timedelta(days=5))
    agreed = make_allowance(patient, people.treating)
    why = {"justification": "Triptans are not allowed", "review_on": today + timedelta(days=30)}
    rescue = make_allowance(patient, people.treating, Ration.OPIOID_INSIDE, 2, **why)
    opened(patient, people.treating)
    page = new_page(size, dark=dark, user=people.colleague)
    for name, more in (
        ("overuse", []),
        ("overuse_review", []),
        ("allowance", []),
        ("end_allowance", [agreed.pk]),
        ("end_allowance", [rescue.pk]),
    ):
        page.goto(reverse(f"screening:{name}", args=[patient.pk, *more]))
        assert_accessible(page)
    page.goto(reverse("screening:overuse_review", args=[patient.pk]))
    page.locator("#id_sure_other").select_option("likely")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_role("link", name="Say in words what the other reason is.")).to_be_visible()
    assert_accessible(page)
    page.goto(reverse("screening:allowance", args=[patient.pk]))
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/d/{make_diary_link(patient, people.treating).token}/")
    expect(page.get_by_text("Agreed: at most 8 days a month with any acute medicine.")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_from_the_reasons_to_an_agreement_that_is_gone_over(
    new_page: PageMaker, people: People, *, javascript: bool
) -> None:
    patient, today = people.patient, timezone.localdate()
    acute_diary(patient, [10, 10], unknown=1)
    opened(patient, people.treating)
    page = new_page(javascript=javascript, user=people.treating)
    page.goto(reverse("screening:overuse", args=[patient.pk]))
    expect(page.get_by_text("The reasons were never asked.")).to_be_visible()
    page.get_by_role("link", name="Review the reasons").first.press("Enter")

    page.get_by_role("group", name="Was there a headache disorder before the overuse?").get_by_label("Yes").check()
    page.get_by_label("Fear of an attack").first.select_option("Certain")
    page.get_by_label("In words: Fear of an attack").fill("Before each journey")
    page.get_by_label("No preventive, or one that does not work").first.select_option("Possible")
    page.get_by_role("button", name="Save the review").press("Enter")
    expect(page.get_by_text("The review is saved.")).to_be_visible()
    expect(page.get_by_text("The reasons were never asked.")).to_be_hidden()
    assert OveruseReview.objects.get().reasons.count() == 2

    page.get_by_role("link", name="Agree on days a month").press("Enter")
    page.get_by_label("At most so many days a month").fill("10")
    page.get_by_role("button", name="Agree").press("Enter")
    in_force = page.get_by_role("region", name="All acute and rescue medicines together")
    expect(in_force).to_contain_text("Last 30 days: 10 to 11 of 10 days used may be over: 1 day not known")
    assert Allowance.objects.get().created_by == people.treating

    page.goto(reverse("diary:month", args=[patient.pk, today.replace(day=1)]))
    page.locator(f"#id_d{today.day:02}-headache").fill("2")
    page.locator(f"#id_d{today.day:02}-medicines").fill("sumatriptan 1")
    page.get_by_role("button", name="Save month").click()
    expect(page.get_by_role("status").filter(has_text="is saved")).to_be_visible()
    page.goto(reverse("screening:overuse", args=[patient.pk]))
    expect(page.get_by_role("region", name="All acute and rescue medicines together")).to_contain_text(
        "11 of 10 days used over the allowance"
    )
