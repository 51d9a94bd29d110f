from django.urls import path

from apps.core import views

app_name = "core"

urlpatterns = [
    path("", views.gallery, name="components"),
    path("theme", views.set_theme, name="theme"),
    path("errors/<slug:name>", views.error_preview, name="error-preview"),
]
