import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('patients', '0006_allergy_answer_fits'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Administration',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('instrument', models.CharField(editable=False, help_text='Code of the instrument', max_length=20)),
                ('instrument_version', models.CharField(editable=False, max_length=12)),
                ('rule_version', models.CharField(editable=False, max_length=12, verbose_name='version of the scoring')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic'), ('cy', 'Welsh'), ('de', 'German'), ('fr', 'French'), ('it', 'Italian'), ('nl', 'Dutch'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ro', 'Romanian'), ('sv', 'Swedish'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('zh', 'Chinese'), ('other', 'Another language')], default='en', max_length=8, verbose_name='language of the questions')),
                ('mode', models.CharField(choices=[('clinician', 'Asked by a clinician'), ('self', 'Filled in by the patient'), ('total_only', 'Only the total is known')], default='clinician', max_length=12, verbose_name='how it was answered')),
                ('answered_on', models.DateField(verbose_name='answered on')),
                ('state', models.CharField(choices=[('partial', 'Not finished'), ('complete', 'Finished')], default='partial', editable=False, max_length=8)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('missing', models.PositiveSmallIntegerField(editable=False, verbose_name='items not answered')),
                ('total', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('band', models.CharField(blank=True, editable=False, max_length=60)),
                ('prorated', models.BooleanField(default=False, editable=False, verbose_name='estimated from incomplete answers')),
                ('positive', models.BooleanField(blank=True, editable=False, null=True, verbose_name='at or above the cut-off')),
                ('correction_reason', models.CharField(blank=True, max_length=400, verbose_name='why it was corrected')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_sheets', to='patients.patient')),
                ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who entered the answers last')),
                ('supersedes', models.OneToOneField(blank=True, editable=False, error_messages={'unique': 'This sheet was corrected already. Correct the newer one.'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='screening.administration')),
            ],
            options={
                'verbose_name': 'answer sheet',
                'ordering': ['-answered_on', '-created_at'],
                'abstract': False,
                'indexes': [models.Index(fields=['patient', 'instrument', '-answered_on'], name='screening_sheet_course')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['partial', 'complete'])), name='screening_sheet_state_known', violation_error_message='A sheet is finished, or it is not.'), models.CheckConstraint(condition=models.Q(('mode__in', ['clinician', 'self', 'total_only'])), name='screening_sheet_mode_known', violation_error_message='Select how the questions were answered.'), models.CheckConstraint(condition=models.Q(models.Q(('instrument', ''), _negated=True), models.Q(('instrument_version', ''), _negated=True), models.Q(('rule_version', ''), _negated=True)), name='screening_sheet_versions_kept', violation_error_message='A sheet keeps its instrument, the version of it and the version of the scoring.'), models.CheckConstraint(condition=models.Q(models.Q(('band', ''), ('positive__isnull', True), ('prorated', False), ('total__isnull', True)), models.Q(('total__isnull', False), models.Q(('band', ''), _negated=True)), _connector='OR'), name='screening_sheet_score_whole', violation_error_message='A total comes with its band; without a total there is neither.'), models.CheckConstraint(condition=models.Q(('total__isnull', True), ('state', 'complete'), _connector='OR'), name='screening_no_total_before_the_end', violation_error_message='A sheet has a total once it is finished.'), models.CheckConstraint(condition=models.Q(('total__isnull', True), ('mode', 'total_only'), models.Q(('missing', 0), ('prorated', False)), models.Q(('missing__gt', 0), ('prorated', True)), _connector='OR'), name='screening_no_total_from_incomplete_answers', violation_error_message='A total from incomplete answers is allowed only when it is marked as prorated.'), models.CheckConstraint(condition=models.Q(models.Q(('mode', 'total_only'), _negated=True), models.Q(('answers', {}), ('prorated', False), ('total__isnull', False)), _connector='OR'), name='screening_total_only_has_a_total', violation_error_message='When only the total is known, enter the total and no answers.'), models.CheckConstraint(condition=models.Q(models.Q(('correction_reason', ''), ('supersedes__isnull', True)), models.Q(('state', 'complete'), ('supersedes__isnull', False), models.Q(('correction_reason__regex', '^\\s*$'), _negated=True), models.Q(('supersedes', models.F('id')), _negated=True)), _connector='OR'), name='screening_correction_says_why', violation_error_message='A correction says which sheet it replaces, and why.'), models.UniqueConstraint(condition=models.Q(('state', 'partial')), fields=('patient', 'instrument'), name='screening_one_unfinished_sheet', violation_error_message='A sheet of this kind is not finished yet. Go on with that one.')],
            },
        ),
        migrations.CreateModel(
            name='AdministrationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('instrument', models.CharField(editable=False, help_text='Code of the instrument', max_length=20)),
                ('instrument_version', models.CharField(editable=False, max_length=12)),
                ('rule_version', models.CharField(editable=False, max_length=12, verbose_name='version of the scoring')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic'), ('cy', 'Welsh'), ('de', 'German'), ('fr', 'French'), ('it', 'Italian'), ('nl', 'Dutch'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ro', 'Romanian'), ('sv', 'Swedish'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('zh', 'Chinese'), ('other', 'Another language')], default='en', max_length=8, verbose_name='language of the questions')),
                ('mode', models.CharField(choices=[('clinician', 'Asked by a clinician'), ('self', 'Filled in by the patient'), ('total_only', 'Only the total is known')], default='clinician', max_length=12, verbose_name='how it was answered')),
                ('answered_on', models.DateField(verbose_name='answered on')),
                ('state', models.CharField(choices=[('partial', 'Not finished'), ('complete', 'Finished')], default='partial', editable=False, max_length=8)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('missing', models.PositiveSmallIntegerField(editable=False, verbose_name='items not answered')),
                ('total', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('band', models.CharField(blank=True, editable=False, max_length=60)),
                ('prorated', models.BooleanField(default=False, editable=False, verbose_name='estimated from incomplete answers')),
                ('positive', models.BooleanField(blank=True, editable=False, null=True, verbose_name='at or above the cut-off')),
                ('correction_reason', models.CharField(blank=True, max_length=400, verbose_name='why it was corrected')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patients.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='screening.administration')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who entered the answers last')),
                ('supersedes', models.ForeignKey(blank=True, db_constraint=False, editable=False, error_messages={'unique': 'This sheet was corrected already. Correct the newer one.'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='screening.administration')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SafetyTask',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('item_value', models.PositiveSmallIntegerField(editable=False, verbose_name='answer to item 9')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('due_at', models.DateTimeField(verbose_name='to be done by')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', editable=False, max_length=8)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('action', models.TextField(blank=True, max_length=4000, verbose_name='what was done')),
                ('outcome', models.TextField(blank=True, max_length=4000, verbose_name='what came of it')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('opened_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who entered the answer')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='safety_tasks', to=settings.AUTH_USER_MODEL, verbose_name='who sees to it')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safety_tasks', to='patients.patient')),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='safety_task', to='screening.administration')),
            ],
            options={
                'ordering': ['due_at'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='screening_safety_task_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('item_value__gte', 1), ('item_value__lte', 3)), name='screening_safety_task_answer_is_an_alert', violation_error_message='A safety task belongs to an answer of 1, 2 or 3.'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('opened_at'))), name='screening_safety_task_due_later', violation_error_message='A safety task is due after it is opened.'), models.CheckConstraint(condition=models.Q(models.Q(('action', ''), ('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', ''), ('state', 'open')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed'), models.Q(('action__regex', '^\\s*$'), _negated=True), models.Q(('outcome__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='screening_safety_task_closed_with_outcome', violation_error_message='A safety task is closed with who, when, what was done and what came of it, or it stays open.')],
            },
        ),
        migrations.CreateModel(
            name='SafetyTaskEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('item_value', models.PositiveSmallIntegerField(editable=False, verbose_name='answer to item 9')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('due_at', models.DateTimeField(verbose_name='to be done by')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', editable=False, max_length=8)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('action', models.TextField(blank=True, max_length=4000, verbose_name='what was done')),
                ('outcome', models.TextField(blank=True, max_length=4000, verbose_name='what came of it')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('opened_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who entered the answer')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who sees to it')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patients.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='screening.safetytask')),
                ('sheet', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='screening.administration')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='administration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "screening_administrationevent" ("answered_on", "answers", "band", "correction_reason", "created_at", "created_by_id", "id", "instrument", "instrument_version", "language", "missing", "mode", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positive", "prorated", "recorded_by_id", "rule_version", "state", "supersedes_id", "total", "updated_at", "version") VALUES (NEW."answered_on", NEW."answers", NEW."band", NEW."correction_reason", NEW."created_at", NEW."created_by_id", NEW."id", NEW."instrument", NEW."instrument_version", NEW."language", NEW."missing", NEW."mode", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."positive", NEW."prorated", NEW."recorded_by_id", NEW."rule_version", NEW."state", NEW."supersedes_id", NEW."total", NEW."updated_at", NEW."version"); RETURN NULL;', hash='d1680efe2e65e48546cee9538ee9fec75232a95b', operation='INSERT', pgid='pgtrigger_insert_insert_c298b', table='screening_administration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='administration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "screening_administrationevent" ("answered_on", "answers", "band", "correction_reason", "created_at", "created_by_id", "id", "instrument", "instrument_version", "language", "missing", "mode", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positive", "prorated", "recorded_by_id", "rule_version", "state", "supersedes_id", "total", "updated_at", "version") VALUES (NEW."answered_on", NEW."answers", NEW."band", NEW."correction_reason", NEW."created_at", NEW."created_by_id", NEW."id", NEW."instrument", NEW."instrument_version", NEW."language", NEW."missing", NEW."mode", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."positive", NEW."prorated", NEW."recorded_by_id", NEW."rule_version", NEW."state", NEW."supersedes_id", NEW."total", NEW."updated_at", NEW."version"); RETURN NULL;', hash='446dd35e8a138dd6e7d0ea45ab30d92782614fed', operation='UPDATE', pgid='pgtrigger_update_update_f63e1', table='screening_administration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='administration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "screening_administrationevent" ("answered_on", "answers", "band", "correction_reason", "created_at", "created_by_id", "id", "instrument", "instrument_version", "language", "missing", "mode", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positive", "prorated", "recorded_by_id", "rule_version", "state", "supersedes_id", "total", "updated_at", "version") VALUES (OLD."answered_on", OLD."answers", OLD."band", OLD."correction_reason", OLD."created_at", OLD."created_by_id", OLD."id", OLD."instrument", OLD."instrument_version", OLD."language", OLD."missing", OLD."mode", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."positive", OLD."prorated", OLD."recorded_by_id", OLD."rule_version", OLD."state", OLD."supersedes_id", OLD."total", OLD."updated_at", OLD."version"); RETURN NULL;', hash='7c3b977c853f5ac20d9d7ab8f4e56f5a9e12b16d', operation='DELETE', pgid='pgtrigger_delete_delete_c7095', table='screening_administration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='administrationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e0a24866f2d6a42e2b8b5c27e75e729bab8a7fc7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_38358', table='screening_administrationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetytask',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "screening_safetytaskevent" ("action", "closed_at", "closed_by_id", "created_at", "created_by_id", "due_at", "id", "item_value", "opened_at", "opened_by_id", "outcome", "owner_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "state") VALUES (NEW."action", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."created_by_id", NEW."due_at", NEW."id", NEW."item_value", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."owner_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sheet_id", NEW."state"); RETURN NULL;', hash='3d387a4a3992106deb55a3716b8f5ef84f927666', operation='INSERT', pgid='pgtrigger_insert_insert_71601', table='screening_safetytask', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetytask',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "screening_safetytaskevent" ("action", "closed_at", "closed_by_id", "created_at", "created_by_id", "due_at", "id", "item_value", "opened_at", "opened_by_id", "outcome", "owner_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "state") VALUES (NEW."action", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."created_by_id", NEW."due_at", NEW."id", NEW."item_value", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."owner_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sheet_id", NEW."state"); RETURN NULL;', hash='9f5dd7a0767bc13f38beecbb2150a7921c6cebab', operation='UPDATE', pgid='pgtrigger_update_update_3c148', table='screening_safetytask', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetytask',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "screening_safetytaskevent" ("action", "closed_at", "closed_by_id", "created_at", "created_by_id", "due_at", "id", "item_value", "opened_at", "opened_by_id", "outcome", "owner_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "state") VALUES (OLD."action", OLD."closed_at", OLD."closed_by_id", OLD."created_at", OLD."created_by_id", OLD."due_at", OLD."id", OLD."item_value", OLD."opened_at", OLD."opened_by_id", OLD."outcome", OLD."owner_id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sheet_id", OLD."state"); RETURN NULL;', hash='329d9be86542aab75583378bcb585354eb98abc6', operation='DELETE', pgid='pgtrigger_delete_delete_2bc16', table='screening_safetytask', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetytaskevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cfac5d19a0bd21f7cb7efc71ba001067eac74801', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bd5f7', table='screening_safetytaskevent', when='BEFORE')),
        ),
    ]
