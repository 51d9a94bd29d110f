from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "apps.screening"
    label = "screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        from apps.patients.chart_notices import register_chart_notice
        from apps.screening.presenters.safety import safety_notices
        from apps.screening.schedule import clinic_schedule

        register_chart_notice(safety_notices)
        # A mistake in the clinic's schedule is said at the start, not to the first person who opens a chart.
        clinic_schedule()
