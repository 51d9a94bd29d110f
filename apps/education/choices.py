from django.db import models


class How(models.TextChoices):
    """How the leaflet reached the patient."""

    PAPER = "paper", "Printed and handed out"
    SENT = "sent", "Printed and sent"
    READ_TOGETHER = "read_together", "Read together, no paper"


class Understanding(models.TextChoices):
    """What came back when the patient was asked to say it in their own words."""

    NOT_ASKED = "not_asked", "Not asked yet"
    CLEAR = "clear", "Said it clearly"
    PARTLY = "partly", "Said part of it"
    NOT_YET = "not_yet", "Not yet clear"


ON_PAPER = (How.PAPER, How.SENT)
