from django.urls import path

from apps.treatment.views import medication, plans, status

app_name = "treatment"
urlpatterns = [
    path("patients/<uuid:patient_id>/medicines/", medication.medicines, name="medicines"),
    path("patients/<uuid:patient_id>/medicines/start/", medication.start, name="start"),
    path("patients/<uuid:patient_id>/medicines/<uuid:course_id>/<slug:kind>/", medication.change, name="change"),
    path("patients/<uuid:patient_id>/plan/", plans.plan, name="plan"),
    path("patients/<uuid:patient_id>/plan/status/", status.status, name="status"),
    path("patients/<uuid:patient_id>/plan/begin/", plans.begin, name="begin_plan"),
    path("patients/<uuid:patient_id>/plan/draft/", plans.write, name="write_plan"),
]
