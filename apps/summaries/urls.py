from django.urls import path

from apps.summaries import views

app_name = "summaries"
urlpatterns = [
    path(
        "patients/<uuid:patient_id>/visits/<uuid:visit_id>/summary/",
        views.visit_summary,
        name="visit",
    ),
]
