from django.urls import path

from apps.documents import views

app_name = "documents"

CHART = "patients/<uuid:patient_id>/documents/"
ONE = CHART + "<uuid:document_id>/"

urlpatterns = [
    path(CHART, views.document_list, name="list"),
    path(ONE, views.document_detail, name="detail"),
    path(ONE + "state", views.document_state, name="state"),
    path(ONE + "download", views.document_download, name="download"),
    path(ONE + "retry", views.document_retry, name="retry"),
]
