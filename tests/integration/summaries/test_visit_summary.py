"""The visit summary: what the pages say, frozen, drawn once, replaced when something changed."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.dates import short_date
from apps.core.writing import Refused
from apps.diary.selectors import counts_for
from apps.documents.choices import DocumentState
from apps.documents.drawing import draw
from apps.documents.models import Document
from apps.documents.rendering import body_of
from apps.patients.models import Patient, Visit
from apps.patients.services.visits import add_addendum
from apps.summaries.presenters import visit_summary_context
from apps.summaries.selectors import visit_content
from apps.summaries.services import make_visit_summary
from tests.documents.text import contents_of_pdf, words_of_html
from tests.factories.care import FullCase, fill_diary, full_case
from tests.factories.visits import opened, signed
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def case(people: People) -> FullCase:
    return full_case(people.patient, people.treating, people.colleague)


def address(visit: Visit) -> str:
    return reverse("summaries:visit", kwargs={"patient_id": visit.patient_id, "visit_id": visit.pk})


def afresh(visit: Visit) -> Visit:
    """The visit as the next request reads it."""
    return Visit.objects.get(pk=visit.pk)


def test_the_summary_says_the_numbers_of_the_pages(people: People, case: FullCase, client_of: ClientOf) -> None:
    content = visit_content(afresh(case.signed_visit))
    counts = counts_for(people.patient, timezone.localdate())
    assert [month["headache"] for month in content["diary"]["months"]] == [
        month.headache.as_dict() for month in counts.months
    ]
    assert content["diary"]["latest_window"]["acute"] == counts.windows[0].acute.as_dict()
    assert content["overuse"]["state"] == counts.overuse.state.value
    document = make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)
    words = words_of_html(body_of(document))
    overview = words_of_html(
        client_of(people.treating)
        .get(reverse("overview:patient", kwargs={"patient_id": people.patient.pk}))
        .content.decode()
    )
    for told in (
        str(counts.windows[0].headache),
        str(counts.windows[0].acute),
        counts.overuse.finding.headline,
        counts.overuse.headline.headline,
        case.plan.next_step,
        case.plan.next_trigger,
    ):
        assert told in words
        assert told in overview


def test_the_summary_says_everything_about_care(people: People, case: FullCase) -> None:
    words = words_of_html(body_of(make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)))
    for told in (
        "Designated prescriber: Dr Amara Okafor",
        "Sulfonamides (rash)",
        "no others known",
        "candesartan: change of dose, 24 mg, once daily",
        "By Dr Amara Okafor",
        "amitriptyline (on hold)",
        "at most 8 days a month",
        "stop if less than 30 % fewer migraine days",
        "PHQ-9 9",
        "GAD-7 6",
        "MRI of 3 November: normal.",
        "by Nurse Tom Reed",
        "Nurse Tom Reed: diary calls",
        "Dr Amara Okafor sees to it",
    ):
        assert told in words, told
    assert "topiramate" not in words


def test_the_snapshot_is_json_with_the_versions_of_its_rules(people: People, case: FullCase) -> None:
    document = make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)
    frozen = json.loads(json.dumps(document.snapshot))["content"]
    for finding in (frozen["overuse"]["all_together"], frozen["overuse"]["ichd3"]):
        assert finding["rule_id"]
        assert finding["rule_version"]
        assert finding["source"]


def test_the_days_that_decide_are_named(people: People, case: FullCase) -> None:
    document = make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)
    deciding = document.snapshot["content"]["overuse"]["all_together"]["deciding_days"]
    assert deciding
    assert "Days that decide:" in body_of(document) or "Not recorded, and would decide:" in body_of(document)


def test_the_drawn_file_says_what_the_page_says(people: People, case: FullCase, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    asked = client.post(address(case.signed_visit))
    document = Document.objects.get()
    assert asked.url == reverse(
        "documents:detail", kwargs={"patient_id": people.patient.pk, "document_id": document.pk}
    )
    draw(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READY
    assert document.pages is not None
    assert document.pages <= 3
    assert document.pdf is not None
    in_file = contents_of_pdf(document, bytes(document.pdf)).replace(" ", "")
    on_page = words_of_html(body_of(document)).split()
    assert len(on_page) > 300
    # The picture has words in the file and none here, so the words are looked for in their order.
    place = 0
    for word in on_page:
        found = in_file.find(word, place)
        assert found >= 0, f"{word!r} is missing after {in_file[max(0, place - 60) : place]!r}"
        place = found + len(word)


def test_migraine_and_lost_days_are_told_as_counted(people: People, case: FullCase) -> None:
    counts = counts_for(people.patient, timezone.localdate())
    words = words_of_html(body_of(make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)))
    for month in counts.months:
        assert f"{month.migraine} ({month.migraine_ichd3})" in words
        assert str(month.debilitating) in words
    changed = {each.name: each.trend for each in counts.changes}
    for told in (
        "Migraine days, diary rule (ICHD-3 variant)",
        f"Days lost to headache in the 90 days to {short_date(counts.on)}: {counts.lost}.",
        f"migraine days {changed['migraine']}",
        "the clinician still confirms that the medicine was taken early and in the recommended dose",
    ):
        assert told in words, told


def test_a_summary_from_before_these_were_counted_still_draws(people: People, case: FullCase) -> None:
    content = json.loads(json.dumps(visit_content(afresh(case.signed_visit)), default=str))
    for name in ("lost", "changes"):
        del content["diary"][name]
    for month in (*content["diary"]["months"], content["diary"]["latest_window"]):
        for name in ("migraine_rule", "migraine", "migraine_ichd3", "by_treatment", "debilitating", "severity"):
            del month[name]
    words = words_of_html(render_to_string("documents/visit_summary.html", visit_summary_context(content)))
    assert content["diary"]["months"][0]["title"] in words
    for never in ("Migraine days", "Days lost", "Debilitating", "Last 30 days against"):
        assert never not in words


@pytest.mark.parametrize(("rule", "words"), [("trial", "trial variant"), ("ichd3", "ICHD-3 variant")])
def test_the_clinics_rule_is_named(people: People, case: FullCase, settings: Any, rule: str, words: str) -> None:
    settings.DIARY_MIGRAINE_DAY_RULE = rule
    content = visit_content(afresh(case.signed_visit))
    assert content["diary"]["latest_window"]["migraine_rule"] == rule
    document = make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)
    told = words_of_html(body_of(document))
    assert f"Migraine days, {words}" in told
    assert ("(ICHD-3 variant)" in told) is (rule == "trial")


def test_asked_twice_it_is_the_same_document(people: People, case: FullCase, client_of: ClientOf) -> None:
    first = client_of(people.treating).post(address(case.signed_visit))
    second = client_of(people.colleague).post(address(case.signed_visit))
    assert first.url == second.url
    assert Document.objects.count() == 1


def test_after_an_addendum_another_one_replaces_it(people: People, case: FullCase) -> None:
    first = make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)
    add_addendum(visit=case.signed_visit, text="Ferritin 12.", by=people.colleague)
    second = make_visit_summary(visit=afresh(case.signed_visit), by=people.treating)
    assert second.pk != first.pk
    assert second.supersedes_id == first.pk
    assert "Ferritin 12." not in str(first.snapshot)
    assert "Ferritin 12." in str(second.snapshot)


def test_an_open_visit_has_no_summary(people: People, client_of: ClientOf) -> None:
    visit = opened(people.patient, people.treating)
    with pytest.raises(Refused, match="Sign the visit first"):
        make_visit_summary(visit=visit, by=people.treating)
    answer = client_of(people.treating).post(address(visit), follow=True)
    assert "Sign the visit first" in answer.content.decode()
    assert not Document.objects.exists()


def test_who_may_ask(people: People, client_of: ClientOf) -> None:
    visit = signed(people.patient, people.treating)
    assert client_of(people.stranger).post(address(visit)).status_code == 404
    assert client_of(people.intake_coordinator).post(address(visit)).status_code == 403
    assert client_of(people.colleague).get(address(visit)).status_code == 405
    assert client_of(people.colleague).post(address(visit)).status_code == 302
    with pytest.raises(PermissionDenied):
        make_visit_summary(visit=afresh(visit), by=people.stranger)


def test_the_summary_of_a_visit_belongs_to_its_patient(people: People, client_of: ClientOf) -> None:
    other = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=date(1990, 1, 1))
    visit = signed(people.patient, people.treating)
    elsewhere = reverse("summaries:visit", kwargs={"patient_id": other.pk, "visit_id": visit.pk})
    assert client_of(people.manager).post(elsewhere).status_code == 403
    assert client_of(people.treating).post(elsewhere).status_code == 404


def test_an_almost_empty_chart_has_a_summary_that_says_so(people: People) -> None:
    visit = signed(people.patient, people.treating, changes="", plan="", next_visit_on=None)
    document = make_visit_summary(visit=afresh(visit), by=people.treating)
    words = words_of_html(body_of(document))
    for told in (
        "No medicine was changed.",
        "No medicine is recorded.",
        "No plan is signed yet.",
        "not fixed yet",
        "0 of 30 days recorded",
        "Cannot tell",
    ):
        assert told in words, told
    assert "Questionnaires" not in words
    draw(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READY


def test_a_patient_without_prescriber(people: People, client_of: ClientOf) -> None:
    alone = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=date(1990, 1, 1))
    join_care_team(people.colleague, alone)
    document = make_visit_summary(visit=afresh(signed(alone, people.colleague)), by=people.colleague)
    assert "No designated prescriber is named." in words_of_html(body_of(document))


def test_reading_takes_the_same_number_of_queries_for_any_chart(
    people: People, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    bare = signed(people.patient, people.treating)
    fill_diary(people.patient, months=1)
    # One of them for what a clinician has stated about overuse.
    with django_assert_max_num_queries(19) as asked:
        visit_content(afresh(bare))
    few = len(asked)
    full_case(people.patient, people.treating, people.colleague)
    with django_assert_max_num_queries(few):
        visit_content(afresh(bare))
