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
        ('documents', '0002_frozen_documents'),
        ('patients', '0004_signed_visits'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeafletGiven',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('leaflet_code', models.SlugField(db_index=False, max_length=60, verbose_name='leaflet')),
                ('leaflet_version', models.PositiveSmallIntegerField(verbose_name='version of the leaflet')),
                ('language', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=120)),
                ('given_on', models.DateField(verbose_name='given on')),
                ('how', models.CharField(choices=[('paper', 'Printed and handed out'), ('sent', 'Printed and sent'), ('read_together', 'Read together, no paper')], max_length=14, verbose_name='how')),
                ('understanding', models.CharField(choices=[('not_asked', 'Not asked yet'), ('clear', 'Said it clearly'), ('partly', 'Said part of it'), ('not_yet', 'Not yet clear')], default='not_asked', max_length=10, verbose_name='what came back')),
                ('teach_back', models.TextField(blank=True, max_length=2000, verbose_name="in the patient's own words")),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaflets_given', to='patients.patient')),
            ],
            options={
                'verbose_name': 'leaflet given',
                'verbose_name_plural': 'leaflets given',
                'ordering': ['-given_on', '-created_at', 'id'],
                'abstract': False,
                'indexes': [models.Index(fields=['patient', '-given_on'], name='education_given_by_patient')],
                'constraints': [models.CheckConstraint(condition=models.Q(('how__in', ['paper', 'sent', 'read_together'])), name='education_given_how_known', violation_error_message='Select how the leaflet was given.'), models.CheckConstraint(condition=models.Q(('understanding__in', ['not_asked', 'clear', 'partly', 'not_yet'])), name='education_given_understanding_known', violation_error_message='Select what came back from the patient.'), models.CheckConstraint(condition=models.Q(models.Q(('leaflet_code', ''), _negated=True), models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True), ('leaflet_version__gte', 1)), name='education_given_leaflet_named', violation_error_message='Say which leaflet was given, in which version and language.'), models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('how__in', ('paper', 'sent'))), models.Q(('document__isnull', True), ('how', 'read_together')), _connector='OR'), name='education_given_paper_has_document', violation_error_message='A printed leaflet, and only that, has a document.'), models.CheckConstraint(condition=models.Q(('given_on__lte', models.F('created_at__date'))), name='education_given_not_in_future', violation_error_message='Enter a day up to today: the leaflet was given already.'), models.CheckConstraint(condition=models.Q(('teach_back', ''), models.Q(('understanding', 'not_asked'), _negated=True), _connector='OR'), name='education_given_teach_back_rated', violation_error_message='Select what came back from the patient.')],
            },
        ),
        migrations.CreateModel(
            name='LeafletGivenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('leaflet_code', models.SlugField(db_index=False, max_length=60, verbose_name='leaflet')),
                ('leaflet_version', models.PositiveSmallIntegerField(verbose_name='version of the leaflet')),
                ('language', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=120)),
                ('given_on', models.DateField(verbose_name='given on')),
                ('how', models.CharField(choices=[('paper', 'Printed and handed out'), ('sent', 'Printed and sent'), ('read_together', 'Read together, no paper')], max_length=14, verbose_name='how')),
                ('understanding', models.CharField(choices=[('not_asked', 'Not asked yet'), ('clear', 'Said it clearly'), ('partly', 'Said part of it'), ('not_yet', 'Not yet clear')], default='not_asked', max_length=10, verbose_name='what came back')),
                ('teach_back', models.TextField(blank=True, max_length=2000, verbose_name="in the patient's own words")),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                ('given_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patients.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='education.leafletgiven')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leafletgiven',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "education_leafletgivenevent" ("created_at", "created_by_id", "document_id", "given_by_id", "given_on", "how", "id", "language", "leaflet_code", "leaflet_version", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teach_back", "title", "understanding", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."document_id", NEW."given_by_id", NEW."given_on", NEW."how", NEW."id", NEW."language", NEW."leaflet_code", NEW."leaflet_version", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."teach_back", NEW."title", NEW."understanding", NEW."updated_at", NEW."version"); RETURN NULL;', hash='9133c05be4d30e3c7a8e6d135e60191702d6dfda', operation='INSERT', pgid='pgtrigger_insert_insert_9c47f', table='education_leafletgiven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leafletgiven',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "education_leafletgivenevent" ("created_at", "created_by_id", "document_id", "given_by_id", "given_on", "how", "id", "language", "leaflet_code", "leaflet_version", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teach_back", "title", "understanding", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."document_id", NEW."given_by_id", NEW."given_on", NEW."how", NEW."id", NEW."language", NEW."leaflet_code", NEW."leaflet_version", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."teach_back", NEW."title", NEW."understanding", NEW."updated_at", NEW."version"); RETURN NULL;', hash='44ffe6c74912e5a3d24bf6001e9e8b609d4ba416', operation='UPDATE', pgid='pgtrigger_update_update_b31c7', table='education_leafletgiven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leafletgiven',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "education_leafletgivenevent" ("created_at", "created_by_id", "document_id", "given_by_id", "given_on", "how", "id", "language", "leaflet_code", "leaflet_version", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teach_back", "title", "understanding", "updated_at", "version") VALUES (OLD."created_at", OLD."created_by_id", OLD."document_id", OLD."given_by_id", OLD."given_on", OLD."how", OLD."id", OLD."language", OLD."leaflet_code", OLD."leaflet_version", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."teach_back", OLD."title", OLD."understanding", OLD."updated_at", OLD."version"); RETURN NULL;', hash='bc0b037f338d2f947ceb856da812e7435263fad5', operation='DELETE', pgid='pgtrigger_delete_delete_79930', table='education_leafletgiven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leafletgivenevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6f5a42eae42646900d7161b240329bb21ef3ac16', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ab60f', table='education_leafletgivenevent', when='BEFORE')),
        ),
    ]
