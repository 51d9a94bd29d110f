from django.db import models


class Role(models.TextChoices):
    """What somebody does in the clinic. One role a person; it gives permissions, the relation to a patient decides."""

    INTAKE_COORDINATOR = "intake_coordinator", "Intake coordinator"
    NURSE = "nurse", "Headache nurse"
    PHYSICIAN = "physician", "Physician"
    PSYCHOLOGIST = "psychologist", "Psychologist"
    PHYSIOTHERAPIST = "physiotherapist", "Physiotherapist"
    PHARMACIST = "pharmacist", "Pharmacist"
    EDUCATOR = "educator", "Educator"
    MANAGER = "manager", "Clinic manager"
    AUDITOR = "auditor", "Auditor"
