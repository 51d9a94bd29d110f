from django.urls import path

from apps.patients.views import prescribers, visits

urlpatterns = [
    path("patients/<uuid:patient_id>/prescriber/", prescribers.prescriber, name="prescriber"),
    path("patients/<uuid:patient_id>/prescriber/name/", prescribers.name_prescriber, name="name_prescriber"),
    path("patients/<uuid:patient_id>/prescriber/cover/", prescribers.cover, name="cover"),
    path(
        "patients/<uuid:patient_id>/prescriber/cover/<uuid:designation_id>/end/",
        prescribers.stop_cover,
        name="end_cover",
    ),
    path("patients/<uuid:patient_id>/visits/", visits.visits, name="visits"),
    path("patients/<uuid:patient_id>/visits/open/", visits.begin_visit, name="begin_visit"),
    path("patients/<uuid:patient_id>/visits/<uuid:visit_id>/", visits.visit, name="visit"),
]
