import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diary", "0002_attacks_and_day_contexts"),
        ("patients", "0007_sorted_by_folded_name"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DiaryLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded at")),
                ("secret_sha256", models.CharField(editable=False, max_length=64)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("last_used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-created_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DiaryLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded at")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="LinkEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("payload_hash", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("none", "No headache"),
                            ("attack", "Headache"),
                            ("ongoing", "Still going on"),
                            ("details", "Details of a headache"),
                            ("correct", "Correction of a day"),
                            ("about", "About the day"),
                        ],
                        max_length=8,
                    ),
                ),
                ("day", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("result", models.JSONField()),
            ],
            options={"verbose_name_plural": "link entries", "ordering": ["id"]},
        ),
        migrations.AddField(
            model_name="diarylink",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="diarylink",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="diary_links", to="patients.patient"
            ),
        ),
        migrations.AddField(
            model_name="diarylink",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="diarylinkevent",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="diarylinkevent",
            name="patient",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="patients.patient",
            ),
        ),
        migrations.AddField(
            model_name="diarylinkevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="diarylinkevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="diary.diarylink",
            ),
        ),
        migrations.AddField(
            model_name="diarylinkevent",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="linkentry",
            name="link",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="diary.diarylink",
            ),
        ),
        migrations.AddField(
            model_name="linkentry",
            name="patient",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="link_entries",
                to="patients.patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="diarylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("patient",),
                name="diary_link_one_a_patient",
                violation_error_message="This patient has a diary link already. Renew it, or revoke it first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="diarylink",
            constraint=models.UniqueConstraint(
                fields=("secret_sha256",),
                name="diary_link_address_once",
                violation_error_message="Two diary links can't share an address. Try again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="diarylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("secret_sha256__regex", "^[0-9a-f]{64}$")),
                name="diary_link_only_hashed",
                violation_error_message="Only the SHA-256 of a diary link's secret is kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="diarylink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__gte", models.F("starts_on")),
                    (
                        "ends_on__lte",
                        django.db.models.expressions.CombinedExpression(models.F("starts_on"), "+", models.Value(366)),
                    ),
                ),
                name="diary_link_at_most_a_year",
                violation_error_message="A diary link ends after it begins, and within a year.",
            ),
        ),
        migrations.AddConstraint(
            model_name="diarylink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True), ("revoked_reason", "")),
                    models.Q(("revoked_at__isnull", False), models.Q(("revoked_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="diary_link_revoked_with_reason",
                violation_error_message="A revoked diary link, and only that, says when and why.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="diarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_what_it_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."secret_sha256" IS DISTINCT FROM (NEW."secret_sha256") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))',
                    func="\n        RAISE EXCEPTION 'A diary link keeps its patient, its address and its dates. Make a new link instead.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_stays_what_it_is';\n    ",
                    hash="4d6255582a369f0b08461adc15acce91d844331e",
                    operation='UPDATE OF "patient_id", "secret_sha256", "starts_on", "ends_on"',
                    pgid="pgtrigger_stays_what_it_is_a6fbc",
                    table="diary_diarylink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="diarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_revoked",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."revoked_at" IS NOT NULL AND NEW."revoked_at" IS DISTINCT FROM (OLD."revoked_at"))',
                    func="\n        RAISE EXCEPTION 'A revoked diary link stays revoked. Make a new link instead.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_stays_revoked';\n    ",
                    hash="ce12f7055af35ba3d47c7a5f3d6feefbf9f87dc8",
                    operation="UPDATE",
                    pgid="pgtrigger_stays_revoked_e260e",
                    table="diary_diarylink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="diarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "diary_diarylinkevent" ("created_at", "created_by_id", "ends_on", "id", "offered", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "revoked_reason", "starts_on") VALUES (NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."id", NEW."offered", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."revoked_reason", NEW."starts_on"); RETURN NULL;',
                    hash="0d37799b97f85412b889bd9bff7c95bc962ff5fa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cf988",
                    table="diary_diarylink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="diarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."offered" IS DISTINCT FROM (NEW."offered") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."revoked_reason" IS DISTINCT FROM (NEW."revoked_reason") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "diary_diarylinkevent" ("created_at", "created_by_id", "ends_on", "id", "offered", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "revoked_reason", "starts_on") VALUES (NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."id", NEW."offered", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."revoked_reason", NEW."starts_on"); RETURN NULL;',
                    hash="b8f11ea448290388801eb03291a10e052a9cd911",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4daf4",
                    table="diary_diarylink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="diarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "diary_diarylinkevent" ("created_at", "created_by_id", "ends_on", "id", "offered", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "revoked_reason", "starts_on") VALUES (OLD."created_at", OLD."created_by_id", OLD."ends_on", OLD."id", OLD."offered", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."revoked_by_id", OLD."revoked_reason", OLD."starts_on"); RETURN NULL;',
                    hash="0229ff2b40b38d83461c7e3d78fc312f20f6c09f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bb897",
                    table="diary_diarylink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="diarylinkevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6315dc198de8a7c8b2e5a745e226b066bfef08f7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5ddbd",
                    table="diary_diarylinkevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="linkentry",
            index=models.Index(fields=["patient", "-id"], name="diary_link_entry_latest"),
        ),
        migrations.AddConstraint(
            model_name="linkentry",
            constraint=models.UniqueConstraint(
                fields=("link", "key"),
                name="diary_link_entry_once",
                violation_error_message="This entry was received already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["none", "attack", "ongoing", "details", "correct", "about"])),
                name="diary_link_entry_kind_known",
                violation_error_message="This kind of entry is not known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("written_at__lte", models.F("received_at"))),
                name="diary_link_entry_written_before_received",
                violation_error_message="An entry is written before it is received.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkentry",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        RAISE EXCEPTION 'The receipt of a diary entry stays as it was written.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_entry_stays';\n    ",
                    hash="d899ef163f7223eab82450f6ccdbac50458a76c8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_entry_stays_e8efd",
                    table="diary_linkentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkentry",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_of_same_patient",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NOT EXISTS (SELECT FROM diary_diarylink l WHERE l.id = NEW.link_id AND l.patient_id = NEW.patient_id) THEN\n            RAISE EXCEPTION 'An entry belongs to the patient of its diary link.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_entry_same_patient';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="60c8768ef5e441a2ffe66b445801b5e31a708e91",
                    operation="INSERT",
                    pgid="pgtrigger_entry_of_same_patient_d9037",
                    table="diary_linkentry",
                    when="BEFORE",
                ),
            ),
        ),
    ]
