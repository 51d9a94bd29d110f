"""The year and the list say what is recorded, no more: the same numbers as everywhere, gaps as gaps."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.clinical.periods import Period, calendar_month
from apps.diary.models import Attack, DiaryDay
from apps.diary.presenters.pictures import month_picture
from apps.diary.presenters.places import diary_places
from apps.diary.selectors import counts_for
from apps.diary.selectors.pictures import stretch_of, year_record
from apps.patients.models import Patient
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.integration.diary.pictured import TODAY, at, one_of_everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

SignIn = Callable[[User], Client]


@pytest.fixture
def in_november() -> object:
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def page_of(client_of: SignIn, treating: User, patient: Patient) -> Callable[..., str]:
    """`page_of("year", to="2026-10")`: the text of a page of the diary."""
    client = client_of(treating)

    def get(name: str, **query: str) -> str:
        response = client.get(reverse(f"diary:{name}", args=[patient.pk]), query)
        return re.sub(r"\s+", " ", unescape(response.content.decode()))

    return get


Read = Callable[..., str]


def lines_of(client: Client, patient: Patient, **query: str) -> list[tuple[str, str]]:
    """When and what of each line of the list."""
    response = client.get(reverse("diary:list", args=[patient.pk]), query)
    return [(line.when, line.state) for line in response.context["lines"]]


def of_the_diary(queries: CaptureQueriesContext) -> list[str]:
    """The statements that read the diary for the page; the chart's notices count from the acute months."""
    return [each["sql"] for each in queries if '"diary_' in each["sql"] and "acutemonth" not in each["sql"]]


class TestYear:
    def test_each_month_has_the_numbers_of_the_month_page(self, patient: Patient) -> None:
        one_of_everything(patient)
        year = year_record(patient, TODAY)
        assert year.months[-3:] == counts_for(patient, TODAY).months
        assert tuple(reversed(year.windows))[:4] == counts_for(patient, TODAY).windows

    def test_it_has_twelve_months_and_ends_today(self, patient: Patient) -> None:
        year = year_record(patient, TODAY)
        assert [each.period for each in year.months][:1] == [calendar_month(2025, 12)]
        assert year.months[-1].period == Period(date(2026, 11, 1), TODAY)
        assert len(year.months) == len(year.windows) == 12

    def test_days_not_recorded_raise_the_upper_end_only(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        year = year_record(patient, TODAY)
        november = year.months[-1]
        assert str(november.headache) == "3–21"
        assert november.completeness.recorded == 4
        page = page_of("year")
        assert '<td class="figures">4 of 22</td> <td>too few days for a rate</td>' in page.replace("><", "> <")
        assert '<td class="figures">3–21</td>' in page

    def test_every_day_says_what_is_recorded(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        page = page_of("year")
        assert "<title>Tue 3 Nov 2026: severe headache; severely limited; ibuprofen × 1" in page
        assert "“storm”; menstruation; entered late</title>" in page
        assert "<title>Fri 6 Nov 2026: not recorded</title>" in page
        assert "<title>Mon 23 Nov 2026: not yet</title>" in page
        assert "<title>Fri 20 Nov 2026: moderate headache; something, not known what, × 1" in page

    def test_limits_are_those_of_each_class(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        page = page_of("year")
        for words in ("All together, limit 10", "Triptan, limit 10", "Non-opioid analgesic, limit 15"):
            assert words in page
        assert "Opioid, limit" not in page, "a class nobody took says nothing"

    def test_windows_instead_of_months(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        assert "30 days to 22 Nov 2026" in page_of("year", per="window")
        assert "30 days to 22 Nov 2026" not in page_of("year", per="nonsense")

    def test_an_earlier_year_ends_with_its_month(self, page_of: Read, patient: Patient) -> None:
        record(patient, no_headache(date(2025, 3, 5)))
        page = page_of("year", to="2025-11")
        assert "Diary, December 2024 to November 2025" in page
        assert "not yet" not in page
        assert "?to=2024-11" in page
        assert "?to=2026-11" in page

    def test_later_than_the_running_month_leads_to_the_running_month(self, page_of: Read, patient: Patient) -> None:
        record(patient, no_headache(date(2026, 3, 5)))
        assert "?to=2026-11" in page_of("year", to="2026-06")

    def test_a_year_without_entries_says_so_and_does_not_say_free_of_headache(self, page_of: Read) -> None:
        page = page_of("year")
        assert "Nothing is recorded in these twelve months" in page
        assert "That does not mean there was no headache." in page

    @pytest.mark.parametrize("months", [1, 12])
    def test_its_queries_do_not_grow_with_the_diary(
        self, client_of: SignIn, treating: User, patient: Patient, months: int
    ) -> None:
        make_acute_medicine("rizatriptan")
        for back in range(months):
            record(patient, headache(TODAY - timedelta(days=30 * back), "rizatriptan"))
        client = client_of(treating)
        client.get(reverse("diary:year", args=[patient.pk]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("diary:year", args=[patient.pk]))
        asked = of_the_diary(queries)
        assert len(asked) == 4


@pytest.mark.parametrize("name", ["year", "list"])
@pytest.mark.parametrize("to", ["2026-12", "1989-12", "2026-13", "x", "2026-11-01", "9999-99", "\x00", "२०२६-११x"])
def test_what_is_no_month_of_the_diary_is_not_found(
    client_of: SignIn, treating: User, patient: Patient, name: str, to: str
) -> None:
    assert client_of(treating).get(reverse(f"diary:{name}", args=[patient.pk]), {"to": to}).status_code == 404


@pytest.mark.parametrize("name", ["year", "list"])
def test_the_first_months_there_are_have_no_earlier_ones(page_of: Read, name: str) -> None:
    page = page_of(name, to="1990-02")
    assert "earlier</a>" not in page
    assert "Earlier months</a>" not in page


class TestList:
    def test_newest_first_with_gaps_as_gaps(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        one_of_everything(patient)
        assert lines_of(client_of(treating), patient) == [
            ("Sat 21 to Sun 22 Nov 2026", "2 days: not recorded"),
            ("Fri 20 Nov 2026", "Moderate headache"),
            ("Fri 6 to Thu 19 Nov 2026", "14 days: not recorded"),
            ("Thu 5 Nov 2026", "Not known"),
            ("Wed 4 Nov 2026", "Headache, severity not said"),
            ("Tue 3 Nov 2026", "Severe headache"),
            ("Mon 2 Nov 2026", "No headache"),
            ("Tue 13 Oct to Sun 1 Nov 2026", "20 days: not recorded"),
            ("Mon 12 Oct 2026", "Mild headache"),
        ]

    def test_days_before_the_diary_are_no_gaps_and_days_after_it_are(
        self, client_of: SignIn, treating: User, patient: Patient
    ) -> None:
        record(patient, no_headache(date(2026, 7, 31)))
        client = client_of(treating)
        assert lines_of(client, patient, to="2026-07") == [("Fri 31 Jul 2026", "No headache")]
        assert lines_of(client, patient) == [("Tue 1 Sep to Sun 22 Nov 2026", "83 days: not recorded")]
        assert lines_of(client, patient, to="2026-04") == []
        record(patient, no_headache(date(2025, 12, 30)))
        assert lines_of(client, patient, to="2026-01")[0][0] == "Wed 31 Dec 2025 to Sat 31 Jan 2026"

    def test_days_that_say_nothing_but_no_headache_are_told_together(
        self, client_of: SignIn, treating: User, patient: Patient
    ) -> None:
        make_acute_medicine("rizatriptan")
        first = date(2026, 11, 1)
        days = [first + timedelta(days=n) for n in range(6)]
        record(patient, *[no_headache(day) for day in (*days[:3], *days[4:])], headache(days[3]))
        Attack.objects.create(patient=patient, first_day=days[4], last_day=days[4])
        assert lines_of(client_of(treating), patient)[1:] == [
            ("Fri 6 Nov 2026", "No headache"),
            ("Thu 5 Nov 2026", "No headache"),
            ("Wed 4 Nov 2026", "Moderate headache"),
            ("Sun 1 to Tue 3 Nov 2026", "3 days: no headache"),
        ]

    @pytest.mark.parametrize(
        "more", [{"entered_late": True}, {"note": "slept badly"}, {"source": "link"}, {"intakes_known": False}], ids=str
    )
    def test_a_day_that_says_more_is_told_alone(
        self, client_of: SignIn, treating: User, patient: Patient, more: dict[str, object]
    ) -> None:
        record(patient, *[no_headache(date(2026, 11, day)) for day in (20, 21, 22)])
        DiaryDay.objects.filter(day=date(2026, 11, 21)).update(**more)
        assert len(lines_of(client_of(treating), patient)) == 3

    def test_an_attack_is_told_whole_on_its_first_day(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        page = page_of("list")
        assert "22:10 to 06:30 on 4 Nov 2026, 8 h 20 min</a>; severe, pain 8 of 10" in page
        assert "goes on since 3 Nov 2026 22:10</a>; severe, pain 8 of 10" in page
        for words in ("On one side, nausea", "Not: vomiting", "Aura, 20 min", "Suspected: Storm"):
            assert page.count(words) == 1

    def test_medicines_with_what_they_did(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        page = page_of("list")
        assert "rizatriptan × 2, some relief" in page
        assert "<p>something, not known what × 1</p><p>perhaps more</p>" in page
        assert "<p>none taken</p>" in page

    def test_what_else_is_known_of_the_day(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        page = page_of("list")
        for words in ("Menstruation", "Slept 6 h 10 min", "“storm”", "Severely limited", "Entered late"):
            assert page.count(words) == 1

    @pytest.mark.parametrize(
        ("query", "days"),
        [
            ({"show": "medicine"}, ["20 Nov", "3 Nov", "12 Oct"]),
            ({"show": "headache"}, ["20 Nov", "4 Nov", "3 Nov", "12 Oct"]),
            ({"show": "not_known"}, ["22 Nov", "19 Nov", "5 Nov", "1 Nov"]),
            ({"source": "link"}, ["4 Nov", "3 Nov"]),
            ({"source": "link", "show": "medicine"}, ["3 Nov"]),
            ({"source": "import"}, []),
        ],
        ids=["medicine", "headache", "not known", "link", "link and medicine", "import"],
    )
    def test_it_can_be_narrowed(
        self, client_of: SignIn, treating: User, patient: Patient, query: dict[str, str], days: list[str]
    ) -> None:
        one_of_everything(patient)
        lines = lines_of(client_of(treating), patient, **query)
        assert [" ".join(when.split()[-3:-1]) for when, _ in lines] == days

    def test_a_wrong_filter_is_said_beside_the_field(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        response = client_of(treating).get(reverse("diary:list", args=[patient.pk]), {"show": "everything"})
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"show"}

    def test_other_months_keep_the_filter(self, page_of: Read, patient: Patient) -> None:
        one_of_everything(patient)
        assert 'href="?show=medicine&to=2026-08"' in page_of("list", show="medicine")

    def test_an_attack_without_its_days_is_not_lost(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        Attack.objects.create(patient=patient, first_day=date(2026, 11, 20), last_day=date(2026, 11, 20))
        assert lines_of(client_of(treating), patient) == [("Fri 20 Nov 2026", "Day not recorded, an attack is")]

    @pytest.mark.parametrize("attacks", [1, 20])
    def test_its_queries_do_not_grow_with_the_diary(
        self, client_of: SignIn, treating: User, patient: Patient, attacks: int
    ) -> None:
        make_acute_medicine("rizatriptan")
        for back in range(attacks):
            day = TODAY - timedelta(days=back)
            record(patient, headache(day, "rizatriptan"))
            Attack.objects.create(patient=patient, first_day=day, last_day=day, started_at=at(day, 8), started_offset=0)
        client = client_of(treating)
        client.get(reverse("diary:list", args=[patient.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("diary:list", args=[patient.pk]))
        asked = of_the_diary(queries)
        assert len(asked) == 5


class TestMonthPicture:
    def test_days_to_come_are_not_called_not_recorded(self, patient: Patient) -> None:
        one_of_everything(patient)
        month = calendar_month(2026, 11)
        stretch = stretch_of(patient, month)
        table = month_picture(stretch.rows, month, today=TODAY, menstruation={}).table
        rows = {row[0]: row[1:] for row in table.rows}
        assert rows["22 Nov 2026"] == ("not recorded", "not known")
        assert rows["23 Nov 2026"][0] == "not yet"
        assert rows["3 Nov 2026"] == ("headache, severe", "taken")
        assert rows["5 Nov 2026"] == ("not known", "not known")


class TestPlaces:
    def test_the_open_page_is_marked_and_only_pages_that_exist_are_shown(self, page_of: Read) -> None:
        page = page_of("year")
        nav = page[page.index('aria-label="Diary"') :].partition("</nav>")[0]
        assert re.findall(r">([^<>]+)</a>", nav)[:3] == ["Month", "Year", "List"]
        assert re.findall(r'aria-current="page">([^<]+)<', nav) == ["Year"]

    def test_every_place_says_which_permission_it_needs(self, treating: User, patient: Patient) -> None:
        assert {"month", "year", "list"} <= {each.key for each in diary_places(treating, patient, "")}

    def test_who_may_not_read_the_chart_is_shown_nothing(self, manager: User, patient: Patient) -> None:
        assert diary_places(manager, patient, "") == []
