from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "apps.screening"
    label = "screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        from apps.diary.agreed_days import register_agreed_days
        from apps.diary.clinical_statements import register_overuse_statements
        from apps.patients.chart_notices import register_chart_notice
        from apps.screening.presenters.overuse_review import review_notices
        from apps.screening.presenters.safety import safety_notices
        from apps.screening.presenters.sleep_referrals import overdue_notices
        from apps.screening.schedule import clinic_schedule
        from apps.screening.selectors.allowance import agreed_days
        from apps.screening.selectors.overuse import recorded_statements

        register_chart_notice(safety_notices)
        register_chart_notice(overdue_notices)
        register_chart_notice(review_notices)
        register_overuse_statements(recorded_statements)
        register_agreed_days(agreed_days)
        # A mistake in the clinic's schedule is said at the start, not to the first person who opens a chart.
        clinic_schedule()
