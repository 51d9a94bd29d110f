"""The whole walk of a clinic day: referral, registration, prescriber, diary, screening, medicines, plan, leaflet, visit,
summary. Once by keyboard alone at a desk, once without JavaScript on a telephone. Every page on the way passes axe."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.clinical.red_flags import RED_FLAGS
from apps.diary.models import DiaryDay
from apps.documents.drawing import draw
from apps.documents.models import Document
from apps.medicines.services import LoadReport
from apps.patients.models import Patient
from apps.treatment.selectors.plans import active_plan
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.browser.keyboard import Keyboard
from tests.factories.accounts import PASSWORD, make_prescriber, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]


def on_paper(day: datetime.date) -> str:
    return day.strftime("%d/%m/%Y")


class ClinicDay:
    """The steps in the clinic's words. Each begins where the one before ended."""

    def __init__(self, page: Page, check: Check) -> None:
        self.page, self.check, self.keys = page, check, Keyboard(page)
        self.today = timezone.localdate()

    @property
    def patient(self) -> Patient:
        return Patient.objects.get()

    def signs_in(self, user: User) -> None:
        self.page.context.clear_cookies()
        self.page.goto("/")
        self.check(self.page)
        self.keys.write("E-mail address", user.email)
        self.keys.write("Password", PASSWORD)
        self.keys.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Today")
        self.check(self.page)

    def registers_a_patient_with_the_letter(self) -> None:
        self.keys.follow("Referrals")
        self.check(self.page)
        self.keys.follow("Register a patient with a referral")
        self.check(self.page)
        self.keys.write("Given name", "Zoë")
        self.keys.write("Family name", "Kowalczyk")
        self.keys.write("Date of birth", "31/02/1985")
        self.keys.write("Referred by", "Dr Jane Porter")
        self.keys.write("Received on", on_paper(self.today))
        self.keys.choose("Urgency", "Soon")
        self.keys.write("Reason for referral", "Headache on most days, four preventives without effect.")
        self.keys.press("Register")
        # A day that does not exist: told beside the field, everything else is still there.
        expect(self.page.get_by_role("alert").first).to_contain_text("There is no 31 February 1985")
        expect(self.page.get_by_label("Family name", exact=True)).to_have_value("Kowalczyk")
        self.check(self.page)
        self.keys.write("Date of birth", "28 Feb 1985")
        self.keys.press("Register")
        assert self.patient.full_name == "Zoë Kowalczyk"
        self.check(self.page)

    def accepts_the_referral(self) -> None:
        self.page.goto("/referrals/")
        self.keys.follow(re.compile("Kowalczyk"))
        self.check(self.page)
        self.keys.tick(self.page.get_by_role("radio", name=re.compile("Accepted|Accept")).first)
        self.keys.press("Save the answer")
        self.check(self.page)

    def names_the_prescriber(self, prescriber: User) -> None:
        self.page.goto(f"/patients/{self.patient.pk}/prescriber/")
        self.check(self.page)
        self.keys.follow("Name the prescriber")
        self.check(self.page)
        self.keys.choose("Prescriber", prescriber.full_name)
        self.keys.write("Reason", "Sees the patient from the first visit on")
        self.keys.press("Name the prescriber")
        expect(self.page.locator("main")).to_contain_text(f"{prescriber.full_name} alone")
        self.check(self.page)

    def finds_the_patient(self) -> None:
        self.keys.follow("Patients")
        self.keys.write("Name, number or date of birth", "kowal zoe")
        self.keys.press("Find")
        self.keys.follow(re.compile("Kowalczyk, Zoë"))
        expect(self.page.get_by_text("You may sign medication changes.")).to_be_visible()
        self.check(self.page)

    def opens_the_visit(self) -> None:
        self.keys.follow("Visits")
        self.check(self.page)
        self.keys.follow("Open the first visit")
        self.check(self.page)
        self.keys.press("Open the visit")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("First visit")
        self.check(self.page)

    def types_the_diary(self) -> None:
        self.keys.follow("Diary")
        self.check(self.page)
        expect(self.page.get_by_role("button", name="Save month")).to_be_visible()
        day = self.today.day
        self.keys.tab_to(self.page.get_by_role("textbox", name=f"{self._day_label(day)} Headache", exact=True))
        self.page.keyboard.type("2")
        self.keys.press("Save month")
        expect(self.page.locator("main")).to_contain_text("recorded")
        self.check(self.page)
        assert DiaryDay.objects.get().severity == 2

    def _day_label(self, number: int) -> str:
        return f"{self.today:%a} {number}"

    def screens_mood_and_sees_to_item_nine(self) -> None:
        self.keys.follow("Screening")
        self.check(self.page)
        self.keys.follow(re.compile("Ask PHQ-9"))
        self.check(self.page)
        several = self.page.get_by_role("radio", name="Several days")
        questions = self.page.get_by_role("group").filter(has=several).all()
        assert len(questions) == 9
        for question in questions:
            self.keys.pick(question, re.compile("Several days"))
        self.keys.press("Save")
        expect(self.page.get_by_role("alert").first).to_be_visible()
        self.check(self.page)
        self.keys.follow("Open the safety task")
        self.check(self.page)
        self.keys.write("What was done", "Spoke with her for twenty minutes; no plan, no means.")
        self.keys.write("What came of it", "Sees Dr Sandoval tomorrow; knows whom to call.")
        self.keys.press("Close the task")
        self.check(self.page)

    def starts_a_medicine(self) -> None:
        self.page.goto(f"/patients/{self.patient.pk}/medicines/")
        self.check(self.page)
        self.keys.follow("Start a medicine")
        self.check(self.page)
        self.keys.choose("Medicine", "candesartan")
        self.keys.choose("Purpose", "Preventive")
        self.keys.write("Dose", "16")
        self.keys.choose("Unit", "mg")
        self.keys.write("How often", "once daily")
        self.keys.choose("Indication", "Chronic migraine")
        self.keys.choose("Reason", "New treatment")
        self.keys.press("Start the medicine")
        expect(self.page.locator("main")).to_contain_text("16 mg, once daily")
        self.check(self.page)

    def writes_and_signs_the_plan(self) -> None:
        self.keys.follow("Plan")
        self.check(self.page)
        self.keys.press("Write the first plan")
        self.check(self.page)
        self.keys.write("Goal", "13 to 10 headache days by February")
        self.keys.press("Save and sign")
        expect(self.page.get_by_role("alert").first).to_contain_text("next step")
        self.check(self.page)
        self.keys.write("Next plan if this one fails", "Greater occipital nerve block")
        self.keys.write("When we go on to it", "less than 30 % fewer headache days after 12 weeks")
        self.keys.write("Review on", on_paper(self.today + datetime.timedelta(days=84)))
        self.keys.choose("Who sees to it", "Dr")
        self.keys.press("Save and sign")
        expect(self.page.locator("main")).to_contain_text("Greater occipital nerve block")
        self.check(self.page)
        assert active_plan(self.patient) is not None

    def gives_a_leaflet(self) -> None:
        self.keys.follow("Education")
        self.check(self.page)
        self.keys.follow("Give a leaflet")
        self.check(self.page)
        self.keys.tick(self.page.get_by_role("checkbox").first)
        self.keys.press("Record as given and print")
        self.check(self.page)

    def _answers_the_red_flags(self) -> None:
        self.keys.follow("Answer the red flags")
        for flag in RED_FLAGS:
            self.keys.pick(self.page.get_by_role("group", name=flag.question), re.compile("^No$"))
        self.keys.press("Save the red flags")
        expect(self.page.get_by_label("Findings")).to_have_value(re.compile("Neck stiff"))

    def signs_the_visit_and_makes_the_summary(self) -> None:
        self.keys.follow("Visits")
        self.keys.follow(re.compile("First visit"))
        self.keys.write("Findings", "Headache on most days. Neck stiff. Fundus normal.")
        self.keys.write("Next visit", on_paper(self.today + datetime.timedelta(days=84)))
        self.keys.press("Save and sign")
        # A first visit is closed once every red flag has been asked; what was written is still there afterwards.
        expect(self.page.get_by_role("alert").first).to_contain_text("Answer all red flags")
        self._answers_the_red_flags()
        self.keys.press("Save and sign")
        expect(self.page.get_by_text("The visit is signed.")).to_be_visible()
        self.check(self.page)
        self.keys.press("Make the visit summary")
        expect(self.page.locator("main")).to_contain_text("Greater occipital nerve block")
        self.check(self.page)

    def takes_the_printed_page(self) -> None:
        summary = Document.objects.get(kind="visit_summary")
        draw(summary.pk)
        self.page.reload()
        self.check(self.page)
        with self.page.expect_download() as download:
            self.keys.tab_to(self.page.get_by_role("link", name=re.compile("Open .Visit summary")).first)
            self.page.keyboard.press("Enter")
        assert download.value.path().read_bytes().startswith(b"%PDF-")


def at_both_widths(check: Check) -> Check:
    """The same check on a desk and on a telephone."""

    def both(page: Page) -> None:
        for size in (NARROW, WIDE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            check(page)

    return both


@pytest.mark.parametrize(
    ("size", "dark", "javascript"),
    [
        pytest.param(WIDE, False, True, id="desk, keyboard"),
        pytest.param(NARROW, True, False, id="telephone, no script"),
    ],
)
def test_from_the_letter_to_the_printed_page(
    new_page: PageMaker,
    medicines_catalogue: LoadReport,
    assert_accessible: Check,
    size: tuple[int, int],
    dark: bool,
    javascript: bool,
) -> None:
    coordinator = make_user(role=Role.INTAKE_COORDINATOR, full_name="Grace Mensah")
    physician = make_prescriber(full_name="Dr Amara Okafor")
    page = new_page(size, dark=dark, javascript=javascript)
    # axe runs as a script: without scripts the pages are walked, with them they are also examined.
    day = ClinicDay(page, at_both_widths(assert_accessible) if javascript else lambda shown: None)

    day.signs_in(coordinator)
    day.registers_a_patient_with_the_letter()
    day.accepts_the_referral()
    day.names_the_prescriber(physician)

    day.signs_in(physician)
    day.finds_the_patient()
    day.opens_the_visit()
    day.types_the_diary()
    day.screens_mood_and_sees_to_item_nine()
    day.starts_a_medicine()
    day.writes_and_signs_the_plan()
    day.gives_a_leaflet()
    day.signs_the_visit_and_makes_the_summary()
    day.takes_the_printed_page()
