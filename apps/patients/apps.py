from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "apps.patients"
    label = "patients"
    verbose_name = "Patients"

    def ready(self) -> None:
        from apps.audit.directory import PatientDirectory, register

        # Importing it registers each permission as a predicate for `has_perm` in templates.
        from apps.patients import access  # noqa: F401
        from apps.patients.selectors.directory import clinic_numbers, patient_with_number

        register(PatientDirectory(find=patient_with_number, labels=clinic_numbers))
