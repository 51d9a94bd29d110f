from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "apps.screening"
    label = "screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        from apps.patients.chart_notices import register_chart_notice
        from apps.screening.presenters import safety_notices

        register_chart_notice(safety_notices)
