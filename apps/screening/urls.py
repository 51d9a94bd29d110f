from django.urls import path

from apps.screening.views import (
    allowance,
    answering,
    course,
    licences,
    overuse,
    reading,
    safety,
    sleep,
    sleep_referrals,
)

CHART = "patients/<uuid:patient_id>/screening/"
LICENCES = "questionnaires/"

app_name = "screening"
urlpatterns = [
    path(CHART, reading.overview, name="overview"),
    path(CHART + "over-time/", course.course, name="course"),
    path(CHART + "sheets/", reading.history, name="history"),
    path(CHART + "sheets/<uuid:sheet_id>/", reading.sheet, name="sheet"),
    path(CHART + "sheets/<uuid:sheet_id>/correct/", answering.correct, name="correct"),
    path(CHART + "safety/<uuid:task_id>/", safety.task, name="safety_task"),
    path(CHART + "safety/<uuid:task_id>/assign/", safety.assign, name="assign_safety_task"),
    path(CHART + "safety/<uuid:task_id>/for-the-patient/", safety.for_patient, name="for_patient"),
    path(CHART + "ask/<slug:instrument_code>/", answering.answer, name="answer"),
    path(CHART + "overuse/", overuse.overuse, name="overuse"),
    path(CHART + "overuse/review/", overuse.review, name="overuse_review"),
    path(CHART + "overuse/allowance/", allowance.allowance, name="allowance"),
    path(CHART + "overuse/allowance/<uuid:allowance_id>/end/", allowance.end, name="end_allowance"),
    path(CHART + "sleep/", sleep.sleep, name="sleep"),
    path(CHART + "sleep/answer/", sleep.sleep_screen, name="sleep_screen"),
    path(CHART + "sleep/answers/<uuid:screen_id>/", sleep.sleep_past, name="sleep_past"),
    path(CHART + "sleep/want/<slug:disorder>/", sleep_referrals.sleep_want, name="sleep_want"),
    path(CHART + "sleep/studies/<uuid:study_id>/", sleep_referrals.sleep_referral, name="sleep_referral"),
    path(CHART + "sleep/studies/<uuid:study_id>/order/", sleep_referrals.sleep_order, name="sleep_order"),
    path(CHART + "sleep/studies/<uuid:study_id>/drop/", sleep_referrals.sleep_drop, name="sleep_drop"),
    path(CHART + "sleep/studies/<uuid:study_id>/use/", sleep_referrals.sleep_adherence, name="sleep_adherence"),
    path(CHART + "sleep/studies/<uuid:study_id>/<slug:step>/", sleep_referrals.sleep_step, name="sleep_step"),
    path("sleep-studies/", sleep_referrals.sleep_referrals, name="sleep_referrals"),
    path(LICENCES, licences.licences, name="licences"),
    path(LICENCES + "<slug:instrument_code>/", licences.instrument_licences, name="licence"),
    path(LICENCES + "<slug:instrument_code>/confirm/", licences.confirm, name="confirm_licence"),
    path(LICENCES + "<slug:instrument_code>/<uuid:licence_id>/wording/", licences.wording, name="wording"),
    path(LICENCES + "<slug:instrument_code>/<uuid:licence_id>/withdraw/", licences.withdraw, name="withdraw_licence"),
]
