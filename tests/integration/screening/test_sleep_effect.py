"""Headache days before somebody acted on a sleep study and after it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.diary.models import DiaryDay
from apps.patients.models import Patient
from apps.screening.choices import ReferralState
from apps.screening.models import SleepReferral
from apps.screening.selectors.sleep_referrals import days_around, effect_of
from tests.factories.sleep import make_sleep_study
from tests.fixtures.people import People
from tests.integration.screening.test_answering import page_of
from tests.integration.screening.test_sleep_referrals import SignIn, address, at

pytestmark = pytest.mark.django_db


class TestTheDaysAroundIt:
    def acted(self, people: People, days_ago: int) -> SleepReferral:
        return make_sleep_study(
            people.patient,
            by=people.treating,
            state=ReferralState.ACTED_ON,
            on=timezone.localdate() - timedelta(days=days_ago),
        )

    def write(self, patient: Patient, first: date, last: date, state: str) -> None:
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        DiaryDay.objects.bulk_create(DiaryDay(patient=patient, day=day, state=state) for day in days)

    def test_gaps_widen_the_count_and_are_never_headache_free(self, people: People) -> None:
        study, today = self.acted(people, 60), timezone.localdate()
        assert study.acted_on is not None
        begin = study.acted_on
        self.write(people.patient, begin - timedelta(days=28), begin - timedelta(days=9), "headache")
        self.write(people.patient, begin - timedelta(days=8), begin - timedelta(days=1), "none")
        # Only the first ten days after it, one of them not known.
        self.write(people.patient, begin, begin + timedelta(days=2), "headache")
        self.write(people.patient, begin + timedelta(days=3), begin + timedelta(days=8), "none")
        self.write(people.patient, begin + timedelta(days=9), begin + timedelta(days=9), "not_known")
        # Outside every period.
        self.write(people.patient, begin - timedelta(days=30), begin - timedelta(days=29), "headache")
        blocks = effect_of(study, today, days_around(study, today))
        assert [(each.number, str(each.headache), each.recorded.recorded) for each in blocks] == [
            (0, "20", 28),
            (1, "3–22", 9),
            (2, "0–28", 0),
        ]
        assert [len(each.period) for each in blocks] == [28, 28, 28]

    def test_at_most_six_periods_after_and_none_that_is_running(self, people: People) -> None:
        today = timezone.localdate()
        for days_ago, after in ((26, 0), (27, 1), (6 * 28 - 1, 6), (400, 6)):
            study = self.acted(people, days_ago)
            study.patient = people.patient
            with CaptureQueriesContext(connection) as asked:
                blocks = effect_of(study, today, days_around(study, today))
            assert len(blocks) == after + 1
            assert len(asked) == 1

    def test_nothing_before_somebody_acted(self, people: People) -> None:
        study = at(ReferralState.RESULT, people)
        assert effect_of(study, timezone.localdate(), days_around(study, timezone.localdate())) == []

    def test_the_page_says_after_and_never_because(self, client_of: SignIn, people: People) -> None:
        study = self.acted(people, 60)
        assert study.acted_on is not None
        self.write(people.patient, study.acted_on - timedelta(days=28), study.acted_on, "headache")
        client = client_of(people.colleague)
        for page in (
            page_of(client.get(address("sleep_referral", study))),
            page_of(client.get(reverse("screening:sleep", args=[people.patient.pk]))),
        ):
            assert "28 of 28 days" in page
            assert "1–28 of 28 days" in page
            assert "1 of 28 days (3 %)" in page
            assert "After, 29–56" in page
            assert "because" not in page.lower()

    def test_before_the_first_period_is_over_it_says_so(self, client_of: SignIn, people: People) -> None:
        page = page_of(client_of(people.colleague).get(address("sleep_referral", self.acted(people, 3))))
        assert "The first 28 days after it are not over yet." in page
