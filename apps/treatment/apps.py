from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "apps.treatment"
    label = "treatment"
    verbose_name = "Treatment"

    def ready(self) -> None:
        from apps.diary.medication_dates import register_medication_dates
        from apps.diary.prescribed_medicines import register_prescribed_medicines
        from apps.patients.presenters.banner import register_status_provider
        from apps.treatment.selectors.for_attacks import medicines_for_attacks
        from apps.treatment.selectors.medication_dates import preventive_dates
        from apps.treatment.status_words import banner_status

        register_medication_dates(preventive_dates)
        register_prescribed_medicines(medicines_for_attacks)
        register_status_provider(banner_status)
