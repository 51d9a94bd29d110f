from django.urls import path

from apps.medicines import views

app_name = "medicines"

urlpatterns = [
    path("", views.medicine_list, name="list"),
    path("<slug:code>/", views.medicine_detail, name="detail"),
]
