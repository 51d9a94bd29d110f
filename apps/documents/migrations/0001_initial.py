import apps.documents.models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('patients', '0004_signed_visits'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('kind', models.SlugField(db_index=False, max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('subject_id', models.CharField(max_length=80, verbose_name='about')),
                ('language', models.CharField(default='en', max_length=8)),
                ('large_print', models.BooleanField(default=False)),
                ('snapshot', models.JSONField()),
                ('snapshot_sha256', models.CharField(max_length=64)),
                ('request_key', models.CharField(error_messages={'unique': 'The same document was asked for already.'}, max_length=64, unique=True)),
                ('requested_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Being drawn'), ('ready', 'Ready'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('queued_at', models.DateTimeField()),
                ('offered_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('failure_code', models.CharField(blank=True, choices=[('pdf_library_missing', 'Drawing library missing'), ('kind_unknown', 'Unknown kind of document'), ('drawing_error', 'Drawing went wrong'), ('took_too_long', 'Took too long'), ('worker_lost', 'Drawing process stopped')], max_length=20)),
                ('failure_text', models.CharField(blank=True, max_length=600)),
                ('pdf', models.BinaryField(blank=True, null=True)),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='patients.patient')),
                ('supersedes', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='documents.document')),
            ],
            options={
                'ordering': ['-requested_at', '-id'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['patient', '-requested_at', '-id'], name='documents_by_patient'), models.Index(fields=['patient', 'kind', 'subject_id'], name='documents_by_subject'), models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['queued_at'], name='documents_in_work')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'ready', 'failed'])), name='documents_document_state_known', violation_error_message='A document is waiting, being drawn, ready or failed.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), models.Q(('title', ''), _negated=True), models.Q(('subject_id', ''), _negated=True)), name='documents_document_named', violation_error_message='A document needs its kind, a title and what it is about.'), models.CheckConstraint(condition=models.Q(('request_key__regex', '^[0-9a-f]{64}$'), ('snapshot_sha256__regex', '^[0-9a-f]{64}$')), name='documents_document_checksums_whole', violation_error_message='A document needs the checksum of its contents.'), models.CheckConstraint(condition=models.Q(models.Q(('pages__gte', 1), ('pages__isnull', False), ('pdf__isnull', False), ('state', 'ready'), models.Q(('pdf_sha256', ''), _negated=True)), models.Q(models.Q(('state', 'ready'), _negated=True), ('pages__isnull', True), ('pdf__isnull', True), ('pdf_sha256', '')), _connector='OR'), name='documents_document_file_if_ready', violation_error_message='A document has a file if, and only if, it is ready.'), models.CheckConstraint(condition=models.Q(('pdf__isnull', True), ('pdf_sha256', apps.documents.models.FileChecksum(models.F('pdf'))), _connector='OR'), name='documents_document_file_whole', violation_error_message="The document's file does not match its checksum."), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ('ready', 'failed'))), models.Q(models.Q(('state__in', ('ready', 'failed')), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='documents_document_finished_paired', violation_error_message='A document that is ready or failed, and only that, has an end.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('failure_code', ''), _negated=True), models.Q(('failure_text', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('failure_code', ''), ('failure_text', '')), _connector='OR'), name='documents_document_failure_explained', violation_error_message='A failed document, and only that, says why it failed.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), models.Q(('attempts__gte', 1), ('heartbeat_at__isnull', False), ('started_at__isnull', False)), _connector='OR'), name='documents_document_running_started', violation_error_message='A document that is being drawn needs the time at which this began.'), models.CheckConstraint(condition=models.Q(('supersedes__isnull', True), models.Q(('supersedes', models.F('id')), _negated=True), _connector='OR'), name='documents_document_not_after_itself', violation_error_message="A document can't replace itself.")],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('kind', models.SlugField(db_index=False, max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('subject_id', models.CharField(max_length=80, verbose_name='about')),
                ('language', models.CharField(default='en', max_length=8)),
                ('large_print', models.BooleanField(default=False)),
                ('snapshot_sha256', models.CharField(max_length=64)),
                ('request_key', models.CharField(error_messages={'unique': 'The same document was asked for already.'}, max_length=64)),
                ('requested_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Being drawn'), ('ready', 'Ready'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('queued_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('failure_code', models.CharField(blank=True, choices=[('pdf_library_missing', 'Drawing library missing'), ('kind_unknown', 'Unknown kind of document'), ('drawing_error', 'Drawing went wrong'), ('took_too_long', 'Took too long'), ('worker_lost', 'Drawing process stopped')], max_length=20)),
                ('failure_text', models.CharField(blank=True, max_length=600)),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patients.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.document')),
                ('supersedes', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_documentevent" ("attempts", "created_at", "created_by_id", "failure_code", "failure_text", "finished_at", "id", "kind", "language", "large_print", "pages", "patient_id", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "request_key", "requested_at", "snapshot_sha256", "started_at", "state", "subject_id", "supersedes_id", "title") VALUES (NEW."attempts", NEW."created_at", NEW."created_by_id", NEW."failure_code", NEW."failure_text", NEW."finished_at", NEW."id", NEW."kind", NEW."language", NEW."large_print", NEW."pages", NEW."patient_id", NEW."pdf_sha256", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."queued_at", NEW."request_key", NEW."requested_at", NEW."snapshot_sha256", NEW."started_at", NEW."state", NEW."subject_id", NEW."supersedes_id", NEW."title"); RETURN NULL;', hash='1b2fa75ecd965e7b8fae56e0aeed76b6bae7cb7c', operation='INSERT', pgid='pgtrigger_insert_insert_be524', table='documents_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."failure_code" IS DISTINCT FROM (NEW."failure_code") OR OLD."failure_text" IS DISTINCT FROM (NEW."failure_text") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."large_print" IS DISTINCT FROM (NEW."large_print") OR OLD."pages" IS DISTINCT FROM (NEW."pages") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."pdf_sha256" IS DISTINCT FROM (NEW."pdf_sha256") OR OLD."queued_at" IS DISTINCT FROM (NEW."queued_at") OR OLD."request_key" IS DISTINCT FROM (NEW."request_key") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."snapshot_sha256" IS DISTINCT FROM (NEW."snapshot_sha256") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."supersedes_id" IS DISTINCT FROM (NEW."supersedes_id") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "documents_documentevent" ("attempts", "created_at", "created_by_id", "failure_code", "failure_text", "finished_at", "id", "kind", "language", "large_print", "pages", "patient_id", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "request_key", "requested_at", "snapshot_sha256", "started_at", "state", "subject_id", "supersedes_id", "title") VALUES (NEW."attempts", NEW."created_at", NEW."created_by_id", NEW."failure_code", NEW."failure_text", NEW."finished_at", NEW."id", NEW."kind", NEW."language", NEW."large_print", NEW."pages", NEW."patient_id", NEW."pdf_sha256", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."queued_at", NEW."request_key", NEW."requested_at", NEW."snapshot_sha256", NEW."started_at", NEW."state", NEW."subject_id", NEW."supersedes_id", NEW."title"); RETURN NULL;', hash='06cf6747f3a7da0d524ce3dc67c648f9a979c2b7', operation='UPDATE', pgid='pgtrigger_update_update_a3ed6', table='documents_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_documentevent" ("attempts", "created_at", "created_by_id", "failure_code", "failure_text", "finished_at", "id", "kind", "language", "large_print", "pages", "patient_id", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "request_key", "requested_at", "snapshot_sha256", "started_at", "state", "subject_id", "supersedes_id", "title") VALUES (OLD."attempts", OLD."created_at", OLD."created_by_id", OLD."failure_code", OLD."failure_text", OLD."finished_at", OLD."id", OLD."kind", OLD."language", OLD."large_print", OLD."pages", OLD."patient_id", OLD."pdf_sha256", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."queued_at", OLD."request_key", OLD."requested_at", OLD."snapshot_sha256", OLD."started_at", OLD."state", OLD."subject_id", OLD."supersedes_id", OLD."title"); RETURN NULL;', hash='d9fcf51f0970aa02b141c61891b7c571f1d7510b', operation='DELETE', pgid='pgtrigger_delete_delete_0c008', table='documents_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='401291d04b3fa5f3d2b51241f67950bd6896846e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e7ed', table='documents_documentevent', when='BEFORE')),
        ),
    ]
