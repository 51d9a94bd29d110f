from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "apps.treatment"
    label = "treatment"
    verbose_name = "Treatment"

    def ready(self) -> None:
        from apps.diary.medication_dates import register_medication_dates
        from apps.treatment.selectors.medication_dates import preventive_dates

        register_medication_dates(preventive_dates)
