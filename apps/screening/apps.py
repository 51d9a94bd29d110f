from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "apps.screening"
    label = "screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        from apps.diary.agreed_days import register_agreed_days
        from apps.diary.clinical_statements import register_overuse_statements
        from apps.patients.chart_notices import register_chart_notice
        from apps.patients.visit_closing import register_open_question
        from apps.screening.presenters.overuse_review import review_notices
        from apps.screening.presenters.red_flags import red_flag_notices, red_flags_before_signing
        from apps.screening.presenters.safety import safety_notices
        from apps.screening.presenters.signals import signal_notices
        from apps.screening.presenters.sleep_referrals import overdue_notices
        from apps.screening.presenters.withdrawal import withdrawal_notices
        from apps.screening.red_flag_questions import older_age
        from apps.screening.schedule import clinic_schedule
        from apps.screening.selectors import notice_grounds
        from apps.screening.selectors.allowance import agreed_days
        from apps.screening.selectors.overuse import recorded_statements

        register_chart_notice(safety_notices, only_where=notice_grounds.open_task)
        register_chart_notice(signal_notices, only_where=notice_grounds.reached_limit)
        register_chart_notice(withdrawal_notices, only_where=notice_grounds.check_due)
        register_chart_notice(overdue_notices, only_where=notice_grounds.study_overdue)
        register_chart_notice(review_notices, only_where=notice_grounds.acute_medicines_lately)
        register_overuse_statements(recorded_statements)
        register_agreed_days(agreed_days)
        register_chart_notice(red_flag_notices, only_where=notice_grounds.red_flags_asked)
        register_open_question(red_flags_before_signing)
        # As the schedule: a wrong setting is said at the start.
        older_age()
        # A mistake in the clinic's schedule is said at the start, not to the first person who opens a chart.
        clinic_schedule()
