"""Who has a task from the tablet, consent before sensitive questions, what closes an intake, what is still open."""

from django.db import migrations

from apps.screening.migrations import _between_rules as rules


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0007_sorted_by_folded_name"),
        ("screening", "0005_tablet_sleep_overuse_rule_outs"),
    ]

    operations = [migrations.RunSQL(rules.FORWARD, rules.BACKWARD)]
