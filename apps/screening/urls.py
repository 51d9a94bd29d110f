from django.urls import path

from apps.screening.views import answering, reading, safety

app_name = "screening"
urlpatterns = [
    path("patients/<uuid:patient_id>/screening/", reading.overview, name="overview"),
    path("patients/<uuid:patient_id>/screening/sheets/", reading.history, name="history"),
    path("patients/<uuid:patient_id>/screening/sheets/<uuid:sheet_id>/", reading.sheet, name="sheet"),
    path("patients/<uuid:patient_id>/screening/sheets/<uuid:sheet_id>/correct/", answering.correct, name="correct"),
    path("patients/<uuid:patient_id>/screening/safety/<uuid:task_id>/", safety.task, name="safety_task"),
    path("patients/<uuid:patient_id>/screening/ask/<slug:instrument_code>/", answering.answer, name="answer"),
]
