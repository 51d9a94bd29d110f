from django.db import models


class Sex(models.TextChoices):
    """Sex as far as screening rules need it; pronouns are kept beside it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Another"
    NOT_KNOWN = "not_known", "Not recorded"


class IdentifierSystem(models.TextChoices):
    """Where an identifier comes from. National numbers are checked by their own check digits."""

    GB_NHS = "gb.nhs", "NHS number (UK)"
    NL_BSN = "nl.bsn", "BSN (Netherlands)"
    SE_PERSONNUMMER = "se.personnummer", "Personnummer (Sweden)"
    NO_FODSELSNUMMER = "no.fodselsnummer", "Fødselsnummer (Norway)"
    DK_CPR = "dk.cpr", "CPR number (Denmark)"
    FI_HETU = "fi.hetu", "Henkilötunnus (Finland)"
    ES_DNI = "es.dni", "DNI (Spain)"
    IT_CODICE_FISCALE = "it.codicefiscale", "Codice fiscale (Italy)"
    FR_NIR = "fr.nir", "NIR (France)"
    HOSPITAL = "hospital", "Hospital number"
    INSURANCE = "insurance", "Insurance number"


class AllergyStatus(models.TextChoices):
    NOT_ASKED = "not_asked", "Not asked yet"
    NONE_KNOWN = "none_known", "No known allergies"
    RECORDED = "recorded", "Allergies recorded"


class ReactionSeverity(models.TextChoices):
    MILD = "mild", "Mild"
    SERIOUS = "serious", "Serious"
    LIFE_THREATENING = "life_threatening", "Life-threatening"
    NOT_KNOWN = "not_known", "Not known"


class ContactRoute(models.TextChoices):
    TELEPHONE = "telephone", "Telephone"
    TEXT_MESSAGE = "text_message", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"


class Urgency(models.TextChoices):
    ROUTINE = "routine", "Routine"
    SOON = "soon", "Soon"
    URGENT = "urgent", "Urgent"


class ReferralState(models.TextChoices):
    RECEIVED = "received", "Received"
    WAITING_FOR_INFORMATION = "waiting", "Waiting for information"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class DesignationKind(models.TextChoices):
    DESIGNATED = "designated", "Designated prescriber"
    COVER = "cover", "Cover"


class HandoverState(models.TextChoices):
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class VisitKind(models.TextChoices):
    FIRST = "first", "First visit"
    FOLLOW_UP = "follow_up", "Follow-up"
    TELEPHONE = "telephone", "By telephone"
    PROCEDURE = "procedure", "Procedure"


class VisitState(models.TextChoices):
    OPEN = "open", "Open"
    SIGNED = "signed", "Signed"


LANGUAGES = [
    ("en", "English"),
    ("es", "Spanish"),
    ("ar", "Arabic"),
    ("cy", "Welsh"),
    ("de", "German"),
    ("fr", "French"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("zh", "Chinese"),
    ("other", "Another language"),
]
