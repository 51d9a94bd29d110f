"""The access log is found by day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_access_log_stays")]
    operations = [
        migrations.AddIndex("accessentry", models.Index(fields=["at"], name="audit_access_at")),
    ]
