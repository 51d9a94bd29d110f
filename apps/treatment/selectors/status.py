"""Reading where a patient stands: the statuses, and how many lines are open again since."""

from django.db.models import Func, IntegerField, QuerySet

from apps.patients.models import Patient
from apps.treatment.models import RefractoryStatus


class OpenRuleOuts(Func):
    """What the database counts as open before a status can be confirmed."""

    function = "screening_open_rule_outs"
    output_field = IntegerField()


def statuses_of(patient: Patient) -> QuerySet[RefractoryStatus]:
    """Every status of a patient, the one that counts first. One query."""
    return RefractoryStatus.objects.filter(patient=patient).select_related("created_by")


def newest_status(patient: Patient) -> RefractoryStatus | None:
    """The status that counts, with `open_lines`: how many lines are open today. One query."""
    return statuses_of(patient).annotate(open_lines=OpenRuleOuts("patient_id")).first()
