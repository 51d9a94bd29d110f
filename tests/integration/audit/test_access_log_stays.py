"""The access log can be added to, and nothing else, by anybody, on any path."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.audit.choices import Action
from apps.audit.models import AccessEntry
from apps.audit.services import record_access
from tests.fixtures.people import People

SENTENCE = "The access log can't be changed or deleted."


@pytest.fixture
def entry(people: People) -> AccessEntry:
    return record_access(by=people.nurse, action=Action.READ, subject="diary:month", patient_id=people.patient.pk)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_accessentry SET subject = 'nothing'",
        "DELETE FROM audit_accessentry",
        "TRUNCATE audit_accessentry",
    ],
)
def test_raw_sql_is_refused(entry: AccessEntry, sql: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert refused.value.__cause__.diag.message_primary == SENTENCE
    assert refused.value.__cause__.diag.constraint_name == "audit_access_log_stays"
    assert AccessEntry.objects.get(pk=entry.pk).subject == "diary:month"


def test_the_model_and_its_manager_are_refused(entry: AccessEntry) -> None:
    entry.subject = "nothing"
    for write in (entry.save, entry.delete, AccessEntry.objects.all().delete):
        with pytest.raises(IntegrityError, match=SENTENCE), transaction.atomic():
            write()


def test_an_unknown_action_is_refused(entry: AccessEntry) -> None:
    with pytest.raises(IntegrityError, match="audit_access_action_known"), transaction.atomic():
        AccessEntry.objects.create(user_label="x", action="ate", subject="y")


def test_an_entry_keeps_the_name_when_the_person_is_renamed(people: People, entry: AccessEntry) -> None:
    people.nurse.full_name = "Somebody Else"
    people.nurse.save()
    assert AccessEntry.objects.get(pk=entry.pk).user_label == "Some Headache nurse"
