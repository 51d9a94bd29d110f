from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AccessEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('user_id', models.UUIDField(null=True)),
                ('user_label', models.CharField(max_length=160, verbose_name='who')),
                ('action', models.CharField(choices=[('read', 'read'), ('download', 'downloaded'), ('refused', 'was refused')], max_length=12)),
                ('patient_id', models.UUIDField(null=True)),
                ('subject', models.CharField(max_length=200, verbose_name='what')),
                ('path', models.CharField(blank=True, max_length=300)),
                ('address', models.GenericIPAddressField(null=True, verbose_name='from address')),
            ],
            options={
                'verbose_name': 'access entry',
                'verbose_name_plural': 'access log',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['patient_id', '-id'], name='audit_access_patient'), models.Index(fields=['user_id', '-id'], name='audit_access_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action__in', ['read', 'download', 'refused'])), name='audit_access_action_known', violation_error_message='An access entry says that something was read, downloaded or refused.')],
            },
        ),
    ]
