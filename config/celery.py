"""The Celery application: workers and beat start here."""

from celery import Celery

app = Celery("clinic")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads other than the first would otherwise make an application of their own, with a broker of their own.
app.set_default()
