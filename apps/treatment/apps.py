from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "apps.treatment"
    label = "treatment"
    verbose_name = "Treatment"
