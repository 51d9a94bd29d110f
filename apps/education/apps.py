from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "apps.education"
    label = "education"
    verbose_name = "Education"

    def ready(self) -> None:
        # Registers the system check of the leaflets and the printed leaflet as a kind of document.
        from apps.education import checks, printing  # noqa: F401
