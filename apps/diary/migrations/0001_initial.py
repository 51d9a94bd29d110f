import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('medicines', '0001_initial'),
        ('patients', '0005_prescribers_open_charts'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AcuteIntake',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('doses', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('taken_before_pain', models.BooleanField(blank=True, null=True, verbose_name='taken before the pain')),
                ('note', models.CharField(blank=True, max_length=500)),
                ('is_invented', models.BooleanField(default=False, editable=False, verbose_name='invented for the demo clinic')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('medicine', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='medicines.medicine')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acute_intakes', to='patients.patient')),
            ],
            options={
                'ordering': ['day', 'medicine'],
            },
        ),
        migrations.CreateModel(
            name='DiaryDay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('headache', 'Headache'), ('none', 'No headache'), ('not_known', 'Not known')], max_length=9, verbose_name='headache')),
                ('severity', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Mild'), (2, 'Moderate'), (3, 'Severe')], null=True)),
                ('function', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Normal'), (1, 'Somewhat limited'), (2, 'Severely limited'), (3, 'In bed')], null=True)),
                ('intakes_known', models.BooleanField(default=False, verbose_name='acute medicines completely known')),
                ('note', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(choices=[('clinic', 'Typed in by the clinic'), ('import', 'Imported'), ('link', 'Entered by the patient')], default='clinic', max_length=6)),
                ('entered_late', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='diary_days', to='patients.patient')),
            ],
            options={
                'ordering': ['patient', 'day'],
            },
        ),
        migrations.CreateModel(
            name='AcuteIntakeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('doses', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('taken_before_pain', models.BooleanField(blank=True, null=True, verbose_name='taken before the pain')),
                ('note', models.CharField(blank=True, max_length=500)),
                ('is_invented', models.BooleanField(default=False, editable=False, verbose_name='invented for the demo clinic')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('medicine', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='medicines.medicine')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patients.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.acuteintake')),
                ('day', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='diary.diaryday')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='acuteintake',
            name='day',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='intakes', to='diary.diaryday'),
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('source', models.CharField(choices=[('kostecki_dillon', 'KosteckiDillon headache diaries')], max_length=24)),
                ('label', models.CharField(max_length=160)),
                ('state', models.CharField(choices=[('imported', 'Imported'), ('undone', 'Taken back')], default='imported', max_length=8)),
                ('rows_read', models.PositiveIntegerField()),
                ('rows_imported', models.PositiveIntegerField()),
                ('rows_duplicate', models.PositiveIntegerField()),
                ('rows_refused', models.PositiveIntegerField()),
                ('report', models.JSONField()),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('undone_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'import batches',
                'ordering': ['-created_at'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('rows_read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('rows_imported'), '+', models.F('rows_duplicate')), '+', models.F('rows_refused')))), name='diary_batch_every_row_accounted_for', violation_error_message='Every row of an import is taken, a repetition or refused.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'imported'), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('state', 'undone'), ('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='diary_batch_undone_paired', violation_error_message='An import that was taken back, and only that, carries by whom and when.'), models.CheckConstraint(condition=models.Q(('source__in', ['kostecki_dillon'])), name='diary_batch_source_known', violation_error_message='Select what kind of file this is.')],
            },
        ),
        migrations.CreateModel(
            name='DiaryDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('headache', 'Headache'), ('none', 'No headache'), ('not_known', 'Not known')], max_length=9, verbose_name='headache')),
                ('severity', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Mild'), (2, 'Moderate'), (3, 'Severe')], null=True)),
                ('function', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Normal'), (1, 'Somewhat limited'), (2, 'Severely limited'), (3, 'In bed')], null=True)),
                ('intakes_known', models.BooleanField(default=False, verbose_name='acute medicines completely known')),
                ('note', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(choices=[('clinic', 'Typed in by the clinic'), ('import', 'Imported'), ('link', 'Entered by the patient')], default='clinic', max_length=6)),
                ('entered_late', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patients.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.diaryday')),
                ('import_batch', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='diary.importbatch')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='diaryday',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='days', to='diary.importbatch'),
        ),
        migrations.CreateModel(
            name='ImportBatchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('source', models.CharField(choices=[('kostecki_dillon', 'KosteckiDillon headache diaries')], max_length=24)),
                ('label', models.CharField(max_length=160)),
                ('state', models.CharField(choices=[('imported', 'Imported'), ('undone', 'Taken back')], default='imported', max_length=8)),
                ('rows_read', models.PositiveIntegerField()),
                ('rows_imported', models.PositiveIntegerField()),
                ('rows_duplicate', models.PositiveIntegerField()),
                ('rows_refused', models.PositiveIntegerField()),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.importbatch')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acuteintakeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f5f73e62c7e6c5af981065de9d864bf6b1cd901f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f22f', table='diary_acuteintakeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='acuteintake',
            constraint=models.UniqueConstraint(fields=('day', 'medicine'), name='diary_intake_once_a_day', nulls_distinct=False, violation_error_message='This medicine is recorded on that day already: change the number of doses.'),
        ),
        migrations.AddConstraint(
            model_name='acuteintake',
            constraint=models.CheckConstraint(condition=models.Q(('doses__gte', 1), ('doses__lte', 20)), name='diary_intake_doses', violation_error_message='Enter the number of doses, from 1 to 20.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acuteintake',
            trigger=pgtrigger.compiler.Trigger(name='same_patient', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (SELECT FROM diary_diaryday d WHERE d.id = NEW.day_id AND d.patient_id = NEW.patient_id) THEN\n            RAISE EXCEPTION 'An intake belongs to a diary day of the same patient.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_intake_same_patient';\n        END IF;\n        RETURN NEW;\n    ", hash='a59e2a73d23ed41ef2bf28b76567649bfa203cb8', operation='INSERT OR UPDATE OF "patient_id", "day_id"', pgid='pgtrigger_same_patient_6178f', table='diary_acuteintake', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acuteintake',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_acuteintakeevent" ("created_at", "created_by_id", "day_id", "doses", "id", "is_invented", "medicine_id", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_before_pain") VALUES (NEW."created_at", NEW."created_by_id", NEW."day_id", NEW."doses", NEW."id", NEW."is_invented", NEW."medicine_id", NEW."note", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."taken_before_pain"); RETURN NULL;', hash='ab1a2214e5be4bba8884d35fb44f9c9275e2ab7c', operation='INSERT', pgid='pgtrigger_insert_insert_01571', table='diary_acuteintake', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acuteintake',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "diary_acuteintakeevent" ("created_at", "created_by_id", "day_id", "doses", "id", "is_invented", "medicine_id", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_before_pain") VALUES (NEW."created_at", NEW."created_by_id", NEW."day_id", NEW."doses", NEW."id", NEW."is_invented", NEW."medicine_id", NEW."note", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."taken_before_pain"); RETURN NULL;', hash='258dfa291cc35f2de94f575c0f9c7170ae65f1b1', operation='UPDATE', pgid='pgtrigger_update_update_2b0c2', table='diary_acuteintake', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acuteintake',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_acuteintakeevent" ("created_at", "created_by_id", "day_id", "doses", "id", "is_invented", "medicine_id", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_before_pain") VALUES (OLD."created_at", OLD."created_by_id", OLD."day_id", OLD."doses", OLD."id", OLD."is_invented", OLD."medicine_id", OLD."note", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."taken_before_pain"); RETURN NULL;', hash='2b7f59dab14903ca7b90bc5dbb2bb6ab27adcbaa', operation='DELETE', pgid='pgtrigger_delete_delete_3c3c0', table='diary_acuteintake', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_importbatchevent" ("created_at", "created_by_id", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows_duplicate", "rows_imported", "rows_read", "rows_refused", "source", "state", "undone_at", "undone_by_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rows_duplicate", NEW."rows_imported", NEW."rows_read", NEW."rows_refused", NEW."source", NEW."state", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='a0e92293409201529bb794c98a4bba42f228bb24', operation='INSERT', pgid='pgtrigger_insert_insert_ffd6b', table='diary_importbatch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."rows_duplicate" IS DISTINCT FROM (NEW."rows_duplicate") OR OLD."rows_imported" IS DISTINCT FROM (NEW."rows_imported") OR OLD."rows_read" IS DISTINCT FROM (NEW."rows_read") OR OLD."rows_refused" IS DISTINCT FROM (NEW."rows_refused") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."undone_at" IS DISTINCT FROM (NEW."undone_at") OR OLD."undone_by_id" IS DISTINCT FROM (NEW."undone_by_id"))', func='INSERT INTO "diary_importbatchevent" ("created_at", "created_by_id", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows_duplicate", "rows_imported", "rows_read", "rows_refused", "source", "state", "undone_at", "undone_by_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rows_duplicate", NEW."rows_imported", NEW."rows_read", NEW."rows_refused", NEW."source", NEW."state", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='ecb5de1d391c02dded4588614a602d5be0cce158', operation='UPDATE', pgid='pgtrigger_update_update_1b1d0', table='diary_importbatch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_importbatchevent" ("created_at", "created_by_id", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows_duplicate", "rows_imported", "rows_read", "rows_refused", "source", "state", "undone_at", "undone_by_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rows_duplicate", OLD."rows_imported", OLD."rows_read", OLD."rows_refused", OLD."source", OLD."state", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='4586432cd5f1c3c3fc925dd3d8e6a4b593d4e1af', operation='DELETE', pgid='pgtrigger_delete_delete_da752', table='diary_importbatch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diarydayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3acaa41763acf0697b0ae3b6855a91ae6f39ed52', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29b05', table='diary_diarydayevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.UniqueConstraint(fields=('patient', 'day'), name='diary_day_once', violation_error_message='This day is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['headache', 'none', 'not_known'])), name='diary_day_state_known', violation_error_message='A day has a headache, no headache, or is not known.'),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.CheckConstraint(condition=models.Q(('severity__isnull', True), models.Q(('state', 'headache'), ('severity__in', [1, 2, 3])), _connector='OR'), name='diary_day_severity', violation_error_message='Only a headache day has a severity: 1 mild, 2 moderate or 3 severe.'),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.CheckConstraint(condition=models.Q(('function__isnull', True), models.Q(('state', 'headache'), ('function__in', [0, 1, 2, 3])), _connector='OR'), name='diary_day_function', violation_error_message='Only a headache day has a function: 0 normal to 3 in bed.'),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.CheckConstraint(condition=models.Q(('day__gte', datetime.date(1990, 1, 1))), name='diary_day_not_before_1990', violation_error_message='Check the date: diary days begin in 1990.'),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['clinic', 'import', 'link'])), name='diary_day_source_known', violation_error_message='A diary day is typed in by the clinic, imported or entered by the patient.'),
        ),
        migrations.AddConstraint(
            model_name='diaryday',
            constraint=models.CheckConstraint(condition=models.Q(('source', 'import'), ('import_batch__isnull', True), _connector='OR'), name='diary_day_batch_of_import', violation_error_message='Only an imported day belongs to an import.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diaryday',
            trigger=pgtrigger.compiler.Trigger(name='stays_in_place', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."day" IS DISTINCT FROM (NEW."day"))', func="\n        RAISE EXCEPTION 'A diary entry keeps its patient and its date. Remove it and record it where it belongs.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_day_stays_in_place';\n    ", hash='0a9193700420411cca195cfdd7bb100ef060a79f', operation='UPDATE OF "patient_id", "day"', pgid='pgtrigger_stays_in_place_c2d12', table='diary_diaryday', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diaryday',
            trigger=pgtrigger.compiler.Trigger(name='not_in_the_future', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        -- One day ahead is somebody's today: the database counts in UTC.\n        IF NEW.day > current_date + 1 THEN\n            RAISE EXCEPTION 'A diary day can''t be in the future.'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_day_not_in_the_future';\n        END IF;\n        RETURN NEW;\n    ", hash='14f0f225a9cd857addd7d8739160d77329197d87', operation='INSERT OR UPDATE OF "day"', pgid='pgtrigger_not_in_the_future_96e9a', table='diary_diaryday', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diaryday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_diarydayevent" ("created_at", "created_by_id", "day", "entered_late", "function", "id", "import_batch_id", "intakes_known", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "source", "state", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."day", NEW."entered_late", NEW."function", NEW."id", NEW."import_batch_id", NEW."intakes_known", NEW."note", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."severity", NEW."source", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='70f8587a7d04378fab91869d036dfb8f1b0307ed', operation='INSERT', pgid='pgtrigger_insert_insert_600f0', table='diary_diaryday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diaryday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "diary_diarydayevent" ("created_at", "created_by_id", "day", "entered_late", "function", "id", "import_batch_id", "intakes_known", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "source", "state", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."day", NEW."entered_late", NEW."function", NEW."id", NEW."import_batch_id", NEW."intakes_known", NEW."note", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."severity", NEW."source", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='d42ccd78101fd3aa32458a0859457ac969acadb7', operation='UPDATE', pgid='pgtrigger_update_update_54855', table='diary_diaryday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diaryday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_diarydayevent" ("created_at", "created_by_id", "day", "entered_late", "function", "id", "import_batch_id", "intakes_known", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "source", "state", "updated_at", "version") VALUES (OLD."created_at", OLD."created_by_id", OLD."day", OLD."entered_late", OLD."function", OLD."id", OLD."import_batch_id", OLD."intakes_known", OLD."note", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."severity", OLD."source", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;', hash='5b8562c14b577da1fc88720ca1e837684cdfdd00', operation='DELETE', pgid='pgtrigger_delete_delete_637d5', table='diary_diaryday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatchevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f326f97dbb45b43d0a5377d41a2cac127339df8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b41a2', table='diary_importbatchevent', when='BEFORE')),
        ),
    ]
