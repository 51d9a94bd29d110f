"""Clinic numbers are given out by the database: 000-001, 000-002 and so on."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE patients_clinic_number;
CREATE FUNCTION patients_next_clinic_number() RETURNS varchar LANGUAGE sql VOLATILE AS $$
    SELECT left(digits, -3) || '-' || right(digits, 3)
    FROM (SELECT lpad(n::text, greatest(6, length(n::text)), '0') AS digits
          FROM (SELECT nextval('patients_clinic_number') AS n) AS next) AS padded
$$;
"""
BACKWARD = """
DROP FUNCTION patients_next_clinic_number();
DROP SEQUENCE patients_clinic_number;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_foundation")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
