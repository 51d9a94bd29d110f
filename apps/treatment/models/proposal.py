"""What somebody of the care team asks the prescriber to change."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.treatment.choices import ChangeKind, ProposalState
from apps.treatment.models.ledger import MedicationChange


@tracked()
class MedicationProposal(Record):
    """A proposed change with its reason. The effective prescriber answers once; the proposer may withdraw."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_proposals")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField("asked by somebody outside", max_length=160, blank=True)
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="+")
    course = models.UUIDField(null=True, blank=True)
    details = models.CharField("dose and how often", max_length=200, blank=True)
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_reason = models.CharField(max_length=1000, blank=True)
    change = models.OneToOneField(
        MedicationChange, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta(Record.Meta):
        ordering = ["created_at"]
        indexes = [models.Index(fields=["state", "created_at"], name="treatment_proposal_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values),
                name="treatment_proposal_kind_known",
                violation_error_message="Select what should change.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values),
                name="treatment_proposal_state_known",
                violation_error_message="A proposal is open, accepted, amended, declined or withdrawn.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="treatment_proposal_reason_given",
                violation_error_message="Enter the reason for the proposal.",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=ProposalState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="treatment_proposal_answer_paired",
                violation_error_message="An answered proposal carries who answered it and when.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ProposalState.ACCEPTED, ProposalState.AMENDED], change__isnull=False)
                | (~Q(state__in=[ProposalState.ACCEPTED, ProposalState.AMENDED]) & Q(change__isnull=True)),
                name="treatment_proposal_accepted_is_in_ledger",
                violation_error_message="An accepted proposal, and only that, names the change it became.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProposalState.DECLINED, ProposalState.AMENDED]) | ~Q(answer_reason=""),
                name="treatment_proposal_no_without_reason",
                violation_error_message="Say why the proposal is declined or amended.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.medicine}, proposed by {self.proposed_by}"
