from django.urls import path

from apps.education import views

app_name = "education"

CHART = "patients/<uuid:patient_id>/education/"

urlpatterns = [
    path("education/leaflets/", views.leaflets, name="library"),
    path("education/leaflets/<slug:code>/<slug:language>/", views.leaflet, name="leaflet"),
    path(CHART, views.chart, name="chart"),
    path(CHART + "give", views.give, name="give"),
    path(CHART + "<uuid:given_id>/teach-back", views.teach_back, name="teach-back"),
]
