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


class Relief(models.TextChoices):
    """What an acute medicine did, as the patient says."""

    NONE = "none", "No relief"
    SOME = "some", "Some relief"
    FULL = "full", "Headache gone"


class Exposure(models.TextChoices):
    """What people suspect as a trigger, asked on days with and without headache alike."""

    STRESS = "stress", "Stress"
    LET_DOWN = "let_down", "After stress"
    MISSED_MEAL = "missed_meal", "Missed meal"
    ALCOHOL = "alcohol", "Alcohol"
    WEATHER = "weather", "Weather"
    LIGHT = "light", "Bright light"
    ODOUR = "odour", "Smell"
    EXERTION = "exertion", "Exertion"
    NECK = "neck", "Neck tension"


class Premonitory(models.TextChoices):
    """What may come up to two days before the headache."""

    YAWNING = "yawning", "Yawning"
    STIFF_NECK = "stiff neck", "Stiff neck"
    CRAVING = "craving", "Craving"
    TIRED = "tired", "Tired"
    MOOD = "mood", "Mood"
    CONCENTRATION = "concentration", "Hard to concentrate"


class Postdrome(models.TextChoices):
    """What may stay up to two days after the headache."""

    TIRED = "tired", "Tired"
    STIFF_NECK = "stiff neck", "Stiff neck"
    MOOD = "mood", "Mood"
    CONCENTRATION = "concentration", "Hard to concentrate"


class ReliefMethod(models.TextChoices):
    """What helps besides medicines."""

    DARK_ROOM = "dark room", "Dark room"
    SLEEP = "sleep", "Sleep"
    COLD = "cold", "Cold"
    WARMTH = "warmth", "Warmth"
    RELAXATION = "relaxation", "Relaxation"
    FRESH_AIR = "fresh air", "Fresh air"
    DEVICE = "device", "Device"


class Source(models.TextChoices):
    """How a day came into the clinic."""

    CLINIC = "clinic", "Typed in by the clinic"
    IMPORT = "import", "Imported"
    LINK = "link", "Entered by the patient"


class ImportSource(models.TextChoices):
    """Which kind of file was read."""

    KOSTECKI_DILLON = "kostecki_dillon", "KosteckiDillon headache diaries"
    MIGRAINE_BUDDY = "migraine_buddy", "Migraine Buddy (CSV)"
    APPLE_HEALTH = "apple_health", "Apple Health (export.xml or zip)"
    MIGRALOG = "migralog", "MigraLog (JSON)"
    TABLE = "table", "Table (CSV or XLSX)"


class BatchState(models.TextChoices):
    IMPORTED = "imported", "Imported"
    UNDONE = "undone", "Taken back"


class EntryKind(models.TextChoices):
    """What a patient can say through the personal diary link."""

    NONE = "none", "No headache"
    ATTACK = "attack", "Headache"
    ONGOING = "ongoing", "Still going on"
    DETAILS = "details", "Details of a headache"
    CORRECT = "correct", "Correction of a day"
    ABOUT = "about", "About the day"
