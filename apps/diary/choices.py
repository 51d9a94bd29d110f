from django.db import models


class State(models.TextChoices):
    """What the diary says about headache on a day. A date without an entry is not recorded, which is a fourth thing."""

    HEADACHE = "headache", "Headache"
    NONE = "none", "No headache"
    NOT_KNOWN = "not_known", "Not known"


class Severity(models.IntegerChoices):
    """The worst pain of the day."""

    MILD = 1, "Mild"
    MODERATE = 2, "Moderate"
    SEVERE = 3, "Severe"


class Function(models.IntegerChoices):
    """What the headache left possible on that day."""

    NORMAL = 0, "Normal"
    SOMEWHAT = 1, "Somewhat limited"
    SEVERELY = 2, "Severely limited"
    IN_BED = 3, "In bed"


class Source(models.TextChoices):
    """How a day came into the clinic."""

    CLINIC = "clinic", "Typed in by the clinic"
    IMPORT = "import", "Imported"
    LINK = "link", "Entered by the patient"


class ImportSource(models.TextChoices):
    """Which kind of file was read."""

    KOSTECKI_DILLON = "kostecki_dillon", "KosteckiDillon headache diaries"


class BatchState(models.TextChoices):
    IMPORTED = "imported", "Imported"
    UNDONE = "undone", "Taken back"
