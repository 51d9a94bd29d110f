"""The access log is append-only."""

from django.db import migrations

from apps.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        append_only(
            "audit_accessentry",
            constraint="audit_access_log_stays",
            message="The access log can't be changed or deleted.",
        )
    ]
