from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "apps.patients"
    label = "patients"
    verbose_name = "Patients"

    def ready(self) -> None:
        # Registers each permission as a predicate for `has_perm` in templates.
        from apps.patients import access  # noqa: F401
