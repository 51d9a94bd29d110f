from django.urls import path

from apps.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.today, name="today"),
    path("patients/<uuid:patient_id>/", views.patient_overview, name="patient"),
    path("patients/<uuid:patient_id>/history/", views.history, name="history"),
]
