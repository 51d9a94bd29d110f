"""After any sequence of inserts, corrections, deletions and undone imports the acute months are what the rows say."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.models import User
from apps.diary.choices import BatchState, ImportSource, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.imports.report import ImportRow
from apps.diary.models import AcuteIntake, DiaryDay, ImportBatch
from apps.diary.selectors.checks import wrong_months
from apps.diary.services import import_days, record_day, undo_import
from apps.medicines.models import Medicine
from tests.factories.accounts import make_user
from tests.factories.diary import PROCESS, make_acute_medicine
from tests.factories.patients import make_patient
from tests.integration.diary.acute_months import assert_counted

TODAY = date(2026, 11, 22)
# Around the end of a month, few enough that steps meet.
DAYS = [date(2026, 10, 29) + timedelta(days=n) for n in range(6)]
CODES = ["rizatriptan", "sumatriptan-naproxen", "codeine-mix", None]

entries = st.builds(
    lambda day, state, codes, known: DayEntry(
        day=day, state=state, intakes=tuple(IntakeEntry(code) for code in codes), intakes_known=known
    ),
    st.sampled_from(DAYS),
    st.sampled_from(list(State)),
    st.sets(st.sampled_from(CODES)),
    st.booleans(),
)
steps = st.one_of(
    st.tuples(st.just("record"), entries),
    st.tuples(st.just("import"), st.lists(entries, max_size=4)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("forget"), st.sampled_from(DAYS)),
    st.tuples(st.just("other medicine"), st.sampled_from(CODES)),
    st.tuples(st.just("other class"), st.sampled_from(["triptan", "nsaid"])),
)


class Sequences(TestCase):
    """A Django test case, because hypothesis needs a fresh transaction for each of its examples."""

    def setUp(self) -> None:
        make_acute_medicine("rizatriptan")
        make_acute_medicine("sumatriptan-naproxen", also_overuse_class="nsaid")
        make_acute_medicine("codeine-mix", overuse_class="combination", contains_opioid=True)
        self.people = [make_patient(), make_patient()]
        self.user: User = make_user()

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 1), steps), min_size=1, max_size=10))
    def test_months_equal_rows(self, sequence: list[tuple[int, tuple[str, object]]]) -> None:
        for who, (step, what) in sequence:
            self._do(step, what, who)
            assert_counted()
        assert list(wrong_months()) == []

    def _do(self, step: str, what: object, who: int) -> None:
        patient = self.people[who]
        mine = DiaryDay.objects.filter(patient=patient)
        if isinstance(what, DayEntry):
            row = mine.filter(day=what.day).first()
            record_day(patient=patient, entry=what, seen_version=row.version if row else 0, by=PROCESS, today=TODAY)
        elif isinstance(what, list):
            rows = [ImportRow(n, self.people[(who + n) % 2].pk, entry) for n, entry in enumerate(what, 1)]
            import_days(source=ImportSource.KOSTECKI_DILLON, label="x", rows=rows, by=PROCESS, today=TODAY)
        elif step == "undo":
            for batch in ImportBatch.objects.filter(state=BatchState.IMPORTED)[:1]:
                undo_import(batch=batch, by=self.user)
        elif step == "forget":
            AcuteIntake.objects.filter(day__in=mine.filter(day=what)).delete()
            mine.filter(day=what).delete()
        elif step == "other medicine":
            medicine = Medicine.objects.filter(code=what).first()
            for intake in AcuteIntake.objects.filter(patient=patient)[:1]:
                if not AcuteIntake.objects.filter(day=intake.day_id, medicine=medicine).exists():
                    AcuteIntake.objects.filter(pk=intake.pk).update(medicine=medicine)
        else:
            limit = 15 if what == "nsaid" else 10
            Medicine.objects.filter(code="rizatriptan").update(overuse_class=what, overuse_limit_days=limit)
