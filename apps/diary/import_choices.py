"""Where a file is between upload and diary, and what people decide on the way."""

from django.db import models


class FileState(models.TextChoices):
    """Where an uploaded file is. What a worker holds is being read or being taken."""

    UPLOADING = "uploading", "Being uploaded"
    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    COLUMNS = "columns", "Columns to be confirmed"
    READ = "read", "To be checked"
    CONFIRMED = "confirmed", "Waiting to be taken"
    TAKING = "taking", "Being taken"
    IMPORTED = "imported", "Imported"
    FAILED = "failed", "Not taken"
    DISCARDED = "discarded", "Discarded"


# What a worker does with a file that waits.
BEGINS = {FileState.WAITING: FileState.READING, FileState.CONFIRMED: FileState.TAKING}
HELD = (FileState.READING, FileState.TAKING)
IN_WORK = (*BEGINS, *HELD)
# A person has to do something next.
OPEN = (FileState.COLUMNS, FileState.READ)
BEFORE_CHECKSUM = (FileState.UPLOADING, FileState.DISCARDED)
AFTER_CONFIRMING = (FileState.CONFIRMED, FileState.TAKING, FileState.IMPORTED)


class Overlap(models.TextChoices):
    """What becomes of a day about which the file says something else than the diary."""

    KEEP = "keep", "What is recorded stays"
    REPLACE = "replace", "The file replaces days of earlier imports"


class Meaning(models.TextChoices):
    """What a name in a diary file stands for."""

    MEDICINE = "medicine", "A medicine of the catalogue"
    SOMETHING = "something", "Something, not known what"
    NOT_ACUTE = "not_acute", "Not an acute medicine"
