"""Overuse signals: given once, silent when silenced, gone when it is certainly no longer so, and counted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.core.dates import short_date
from apps.core.writing import Refused
from apps.diary.choices import State
from apps.diary.models import AcuteIntake, DiaryDay
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.screening import signalling
from apps.screening.models import Allowance, OveruseSignal
from apps.screening.selectors.signals import monthly_figures, total_figures
from apps.screening.services.signals import act_on_signal, lift_silence, silence_signal
from apps.screening.signalling import Fired, fire_overuse_signals
from apps.screening.tasks import fire_overuse_signals as nightly_task
from tests.factories.accounts import make_user
from tests.factories.diary import make_acute_medicine
from tests.factories.patients import make_patient
from tests.factories.withdrawal import make_signal, make_silence, make_watched
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def today() -> date:
    return timezone.localdate()


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def text(response: Any) -> str:
    return str(response.content.decode())


def triptan() -> Medicine:
    return make_acute_medicine("rizatriptan")


def taken(patient: Patient, days: int, *, medicine: Medicine | None = None, rest: bool = True, until: int = 0) -> None:
    """A triptan on the last days up to `until` days ago; the other days of the 30 without, or not recorded."""
    medicine = medicine or triptan()
    rows = DiaryDay.objects.bulk_create(
        DiaryDay(
            patient=patient,
            day=in_days(-until - number),
            state=State.HEADACHE if number < days else State.NONE,
            intakes_known=True,
        )
        for number in range(30 if rest else days)
    )
    AcuteIntake.objects.bulk_create(AcuteIntake(patient=patient, day=row, medicine=medicine) for row in rows[:days])


def signals_of(patient: Patient) -> dict[str, tuple[str, str, int]]:
    """subject -> level, state, days of every signal that waits or passed."""
    return {each.subject: (each.level, each.state, each.days) for each in OveruseSignal.objects.filter(patient=patient)}


# The nightly look


def test_a_limit_and_its_early_warning_give_a_signal_each_once(people: People) -> None:
    taken(people.patient, 9)
    assert fire_overuse_signals(today()) == Fired(fired=2)
    assert signals_of(people.patient) == {"all": ("near", "open", 9), "8.2.2": ("near", "open", 9)}
    assert fire_overuse_signals(today()) == Fired()
    nightly_task()
    assert OveruseSignal.objects.count() == 2
    signal = OveruseSignal.objects.filter(subject="all").get()
    assert (signal.window_ends_on, signal.created_by) == (today(), None)


@pytest.mark.parametrize(
    ("days", "rest", "expected"),
    [
        (6, True, {}),
        (7, True, {"8.2.2": ("near", "open", 7)}),
        (8, True, {"all": ("near", "open", 8), "8.2.2": ("near", "open", 8)}),
        (10, True, {"all": ("reached", "open", 10), "8.2.2": ("reached", "open", 10)}),
        (6, False, {}),
    ],
    ids=["quiet", "class near", "all near", "reached", "nobody can tell"],
)
def test_what_gives_a_signal(people: People, days: int, rest: bool, expected: dict[str, Any]) -> None:
    taken(people.patient, days, rest=rest)
    fire_overuse_signals(today())
    assert signals_of(people.patient) == expected


def test_a_clinic_that_wants_to_hear_of_reached_limits_only(people: People, settings: Any) -> None:
    settings.OVERUSE_SIGNAL_LEVEL = "reached"
    taken(people.patient, 9)
    assert fire_overuse_signals(today()) == Fired()


def test_an_open_signal_becomes_louder(people: People) -> None:
    taken(people.patient, 9)
    fire_overuse_signals(today())
    AcuteIntake.objects.create(patient=people.patient, day=DiaryDay.objects.get(day=in_days(-9)), medicine=triptan())
    assert fire_overuse_signals(today()) == Fired(changed=2)
    assert signals_of(people.patient)["all"] == ("reached", "open", 10)


def test_a_signal_passes_when_it_is_certainly_no_longer_so(people: People) -> None:
    taken(people.patient, 12)
    fire_overuse_signals(today())
    for row in list(AcuteIntake.objects.filter(patient=people.patient))[:6]:
        row.delete()
    assert fire_overuse_signals(today()) == Fired(passed=2)
    passed = OveruseSignal.objects.filter(subject="all").get()
    assert (passed.state, passed.answered_by, passed.answered_at is not None) == ("passed", None, True)


def test_missing_days_let_no_signal_pass(people: People) -> None:
    taken(people.patient, 12)
    fire_overuse_signals(today())
    later = in_days(25)
    assert fire_overuse_signals(later) == Fired()
    assert fire_overuse_signals(in_days(60)) == Fired()
    assert {state for _, state, _ in signals_of(people.patient).values()} == {"open"}


def test_a_silenced_subject_is_not_told_until_the_silence_is_over(people: People) -> None:
    taken(people.patient, 12)
    make_silence(people.patient, people.colleague, "all")
    fire_overuse_signals(today())
    assert set(signals_of(people.patient)) == {"8.2.2"}
    fire_overuse_signals(in_days(-1))
    assert "all" in signals_of(people.patient), "the silence begins today"


def test_a_lifted_or_ended_silence_lets_the_signal_through(people: People) -> None:
    taken(people.patient, 12)
    silence = make_silence(people.patient, people.colleague, "all")
    make_silence(people.patient, people.colleague, "8.2.2", starts_on=in_days(-10), until=in_days(-1))
    lift_silence(silence=silence, by=people.colleague)
    assert fire_overuse_signals(today()) == Fired(fired=2)
    with pytest.raises(Refused, match="lifted already"):
        lift_silence(silence=silence, by=people.colleague)


def test_what_was_acted_on_comes_back_after_thirty_days_or_when_it_is_louder(people: People, monkeypatch: Any) -> None:
    taken(people.patient, 9)
    fire_overuse_signals(today())
    for signal in OveruseSignal.objects.all():
        act_on_signal(signal=signal, action="Talked about it", by=people.colleague)
    assert fire_overuse_signals(today()) == Fired()
    AcuteIntake.objects.create(patient=people.patient, day=DiaryDay.objects.get(day=in_days(-9)), medicine=triptan())
    assert fire_overuse_signals(today()) == Fired(fired=2)
    for signal in OveruseSignal.objects.filter(state="open"):
        act_on_signal(signal=signal, action="Talked about it again", by=people.colleague)
    assert fire_overuse_signals(today()) == Fired()
    monkeypatch.setattr(signalling, "ANSWER_HOLDS", timedelta(0))
    assert fire_overuse_signals(today()) == Fired(fired=2)


def test_more_days_than_agreed(people: People) -> None:
    taken(people.patient, 6)
    agreement = Allowance.objects.create(
        patient=people.patient, ration="8.2.2", days=6, agreed_on=today(), created_by=people.colleague
    )
    assert fire_overuse_signals(today()) == Fired()
    AcuteIntake.objects.create(patient=people.patient, day=DiaryDay.objects.get(day=in_days(-9)), medicine=triptan())
    fire_overuse_signals(today())
    assert signals_of(people.patient)["allowance"] == ("reached", "open", 7)
    agreement.ended_at, agreement.ended_by = timezone.now(), people.colleague
    agreement.save()
    fire_overuse_signals(today())
    assert signals_of(people.patient)["allowance"][1] == "passed"


@pytest.mark.parametrize(("ended_days_ago", "expected"), [(13, True), (12, True), (10, True), (9, False)])
def test_relapse_counts_days_after_the_end_only(people: People, ended_days_ago: int, expected: bool) -> None:
    taken(people.patient, 13)
    make_watched(people.patient, people.treating, in_days(-ended_days_ago))
    fire_overuse_signals(today())
    found = signals_of(people.patient)
    assert ("relapse" in found) is expected
    if expected:
        assert found["relapse"] == ("reached", "open", min(ended_days_ago, 13))


def test_the_number_of_queries_does_not_grow_with_the_clinic(people: People) -> None:
    medicine = triptan()

    def queries() -> int:
        OveruseSignal.objects.filter(state="open").update(state="passed", answered_at=timezone.now())
        with CaptureQueriesContext(connection) as seen:
            fire_overuse_signals(today())
        return len(seen)

    everybody = Patient.objects.bulk_create(
        Patient(given_name="Ada", family_name=f"Person {number}", date_of_birth=date(1950, 1, 13))
        for number in range(50)
    )
    for patient in everybody[:5]:
        taken(patient, 12, medicine=medicine)
    few = queries()
    for patient in everybody[5:]:
        taken(patient, 12, medicine=medicine)
    assert queries() == few
    assert OveruseSignal.objects.filter(state="open").count() == 100


# Answering


def page(patient: Patient, name: str = "signals", *more: Any) -> str:
    return reverse(f"screening:{name}", args=[patient.pk, *more])


def test_a_signal_is_acted_on(client_of: SignIn, people: People) -> None:
    signal = make_signal(people.patient, "8.2.2")
    client, address = client_of(people.colleague), page(people.patient, "answer_signal", signal.pk)
    assert "Triptan" in text(client.get(page(people.patient)))
    for sent in ({}, {"answer": "acted"}, {"answer": "acted", "action": " "}, {"answer": "maybe"}):
        assert client.post(address, sent).status_code == 422
    kept = client.post(address, {"answer": "acted", "action": "x" * 401})
    assert "x" * 401 in text(kept)
    client.post(address, {"answer": "acted", "action": "Talked about the limit"})
    signal.refresh_from_db()
    assert (signal.state, signal.answered_by, signal.action) == ("acted_on", people.colleague, "Talked about the limit")
    shown = text(client.get(page(people.patient)))
    assert "No signal waits." in shown
    assert "by Nurse Tom Reed: Talked about the limit" in shown
    assert "not open any more" in text(client.get(address, follow=True))
    with pytest.raises(Refused, match="not open any more"):
        act_on_signal(signal=signal, action="x", by=people.colleague)


def test_a_signal_is_silenced_with_reason_and_end_and_the_silence_lifted(client_of: SignIn, people: People) -> None:
    signal = make_signal(people.patient)
    client, address = client_of(people.colleague), page(people.patient, "answer_signal", signal.pk)
    for sent, sentence in (
        ({"until": short_date(in_days(30))}, "Say why you do not want to be told."),
        ({"reason": "Agreed"}, "Enter until when it is silent."),
        ({"reason": "Agreed", "until": short_date(in_days(-1))}, "Enter a date from"),
        ({"reason": "Agreed", "until": short_date(in_days(367))}, "Enter a date up to"),
    ):
        response = client.post(address, {"answer": "silence", **sent})
        assert response.status_code == 422
        assert sentence in text(response)
    client.post(address, {"answer": "silence", "reason": "Agreed for travel", "until": short_date(in_days(366))})
    signal.refresh_from_db()
    assert (signal.state, signal.action) == ("silenced", "Agreed for travel")
    silence = people.patient.signal_silences.get()
    assert (silence.subject, silence.starts_on, silence.until) == ("all", today(), in_days(366))
    shown = text(client.get(page(people.patient)))
    assert f"until {short_date(in_days(366))}: Agreed for travel" in shown
    lift = page(people.patient, "lift_silence", silence.pk)
    assert "the silence is lifted" in text(client.post(lift, follow=True))
    assert "lifted already" in text(client.post(lift, follow=True))


def test_the_service_refuses_a_silence_that_never_ends(people: People) -> None:
    signal = make_signal(people.patient)
    given: dict[str, Any] = {"signal": signal, "reason": "Agreed", "today": today(), "by": people.colleague}
    with pytest.raises(Refused, match="within a year"):
        silence_signal(until=in_days(367), **given)
    signal.refresh_from_db()
    assert signal.state == "open"
    with pytest.raises(Refused, match="Say why"):
        silence_signal(until=in_days(3), **{**given, "reason": " "})


def test_who_reads_and_who_answers(client_of: SignIn, people: People) -> None:
    signal = make_signal(people.patient)
    silence = make_silence(people.patient, people.colleague, "8.2.2")
    reader = make_user(role=Role.EDUCATOR)
    join_care_team(reader, people.patient)
    shown = text(client_of(reader).get(page(people.patient)))
    assert "All acute medicines" in shown
    assert "Answer: " not in shown
    assert "Lift the silence" not in shown
    assert client_of(reader).get(page(people.patient, "answer_signal", signal.pk)).status_code == 403
    assert client_of(reader).post(page(people.patient, "lift_silence", silence.pk)).status_code == 403
    assert client_of(people.stranger).get(page(people.patient)).status_code == 404
    for write in (
        lambda: act_on_signal(signal=signal, action="x", by=people.stranger),
        lambda: silence_signal(signal=signal, until=today(), reason="x", today=today(), by=people.stranger),
        lambda: lift_silence(silence=silence, by=people.stranger),
    ):
        with pytest.raises(PermissionDenied):
            write()


def test_a_signal_of_another_chart_is_not_found(client_of: SignIn, people: People) -> None:
    other = make_patient()
    signal, silence = make_signal(other), make_silence(other, people.colleague)
    client = client_of(people.colleague)
    assert client.get(page(people.patient, "answer_signal", signal.pk)).status_code == 404
    assert client.post(page(people.patient, "lift_silence", silence.pk)).status_code == 404


def test_only_a_reached_limit_is_on_every_page_of_the_chart(client_of: SignIn, people: People) -> None:
    visits = reverse("patients:visits", args=[people.patient.pk])
    make_signal(people.patient, "8.2.2", level="near", days=8)
    assert "A limit of acute medicines is reached" not in text(client_of(people.colleague).get(visits))
    signal = make_signal(people.patient)
    shown = text(client_of(people.colleague).get(visits))
    assert "All acute medicines 12 days, in 30 days at least." in shown
    overuse = reverse("screening:overuse", args=[people.patient.pk])
    assert overuse in shown
    assert page(people.patient) in text(client_of(people.colleague).get(overuse))
    silence_signal(signal=signal, until=in_days(3), reason="Agreed", today=today(), by=people.colleague)
    assert "A limit of acute medicines is reached" not in text(client_of(people.colleague).get(visits))


# In numbers


def answered(patient: Patient, state: str, *, days: int, by: User | None, age: int = 0, subject: str = "all") -> None:
    """A signal of `age` days ago that was answered `days` later."""
    signal = make_signal(patient, subject)
    born = timezone.now() - timedelta(days=age)
    OveruseSignal.objects.filter(pk=signal.pk).update(
        created_at=born,
        state=state,
        answered_at=born + timedelta(days=days),
        answered_by=by,
        action="Spoke" if by else "",
    )


def test_the_figures_count_what_became_of_the_signals(client_of: SignIn, people: People) -> None:
    patient, nurse = people.patient, people.colleague
    answered(patient, "acted_on", days=2, by=nurse)
    answered(patient, "acted_on", days=4, by=nurse)
    answered(patient, "silenced", days=9, by=nurse)
    answered(patient, "passed", days=30, by=None)
    answered(patient, "passed", days=1, by=None, subject="8.2.2")
    answered(patient, "acted_on", days=1, by=nurse, age=400)
    make_signal(patient)
    totals = {each.subject: each for each in total_figures(today())}
    assert set(totals) == {"all", "8.2.2"}
    everything = totals["all"]
    counted = (everything.fired, everything.acted_on, everything.silenced, everything.passed, everything.still_open)
    assert counted == (5, 2, 1, 1, 1)
    assert everything.median == timedelta(days=4)
    assert totals["8.2.2"].median is None
    months = monthly_figures(today())
    assert {each.month for each in months} == {today().replace(day=1)}
    assert sum(each.fired for each in months) == 6
    rows = {row.name: row for row in client_of(nurse).get(reverse("screening:signal_figures")).context["totals"]}
    assert (rows["All acute medicines"].median, rows["All acute medicines"].advice) == ("4 days", "")
    assert (rows["Triptan"].median, rows["Triptan"].advice) == ("none answered", "More noise than action")


def test_the_figures_are_for_those_who_read_charts_and_linked_from_the_lists(client_of: SignIn, people: People) -> None:
    address = reverse("screening:signal_figures")
    assert "No signal yet" in text(client_of(people.stranger).get(address))
    assert client_of(people.manager).get(address).status_code == 403
    assert address in text(client_of(people.colleague).get(reverse("diary:above")))
