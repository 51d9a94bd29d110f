from apps.patients.urls import care, registration

app_name = "patients"

urlpatterns = [*registration.urlpatterns, *care.urlpatterns]
