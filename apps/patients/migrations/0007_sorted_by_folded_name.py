"""The list is sorted as people look names up, and the index that sorts it also answers "begins with"."""

import django.db.models.functions.text
from django.db import migrations, models

import apps.patients.models.patient


class Migration(migrations.Migration):
    dependencies = [("patients", "0006_allergy_answer_fits")]

    operations = [
        migrations.AlterModelOptions(name="patient", options={"ordering": ["sort_name", "id"]}),
        migrations.RemoveIndex(model_name="patient", name="patients_patient_by_name"),
        migrations.AddField(
            model_name="patient",
            name="sort_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=apps.patients.models.patient.Folded(
                    django.db.models.functions.text.Concat(
                        models.F("family_name"),
                        models.Value(" "),
                        models.F("given_name"),
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["sort_name", "id"], name="patients_patient_by_name"),
        ),
    ]
