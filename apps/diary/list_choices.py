from django.db import models


class Show(models.TextChoices):
    """Which days the list shows."""

    ALL = "", "All days"
    HEADACHE = "headache", "Headache days"
    MEDICINE = "medicine", "Days with an acute medicine"
    NOT_KNOWN = "not_known", "Days not known or not recorded"
