"""Extensions and the one text-folding function that search and duplicate checks share."""

from django.db import migrations, models

FOLD = """
-- Names as people remember them: lower case, no accents, one kind of space. Immutable, so it can be indexed.
CREATE FUNCTION clinic_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT btrim(regexp_replace(
        translate(
            regexp_replace(normalize(lower(value), NFKD), '[\\u0300-\\u036f]', '', 'g'),
            'øłđðþßæœı’''`-', 'olddtsaoi    '
        ), '\\s+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", "DROP EXTENSION IF EXISTS btree_gist"),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", "DROP EXTENSION IF EXISTS pg_trgm"),
        migrations.RunSQL(FOLD, "DROP FUNCTION clinic_fold(text)"),
        migrations.CreateModel(
            name="UsedFormToken",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("used_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"indexes": [models.Index(fields=["used_at"], name="core_formtoken_used_at")]},
        ),
    ]
