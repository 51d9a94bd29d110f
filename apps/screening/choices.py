from django.db import models


class Mode(models.TextChoices):
    """How the answers were given. A result alone comes from a letter or a form of which no more is known."""

    CLINICIAN = "clinician", "Asked by a clinician"
    SELF = "self", "Filled in by the patient"
    TOTAL_ONLY = "total_only", "Only the result is known"


class SheetState(models.TextChoices):
    """A partial sheet is gone on with; a complete one stays as it is, also when some answers stay open."""

    PARTIAL = "partial", "Not finished"
    COMPLETE = "complete", "Finished"


class TaskState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class SafetyReason(models.TextChoices):
    """Which answer opened a safety task."""

    PHQ9_ITEM9 = "phq9_item9", "PHQ-9 item 9"
    CSSRS = "cssrs_positive", "C-SSRS screener"
