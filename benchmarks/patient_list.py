"""The patient list and the search with 100,000 patients against the same with 1,000.

Two databases on one server: a small clinic, and a large one in which a clinician has as many patients as in the
small one. Whole pages are timed, from the request to the last byte.

    python -m config.machine.with_services python benchmarks/patient_list.py
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ["LOG_LEVEL"] = "ERROR"
    import django

    django.setup()

from django.db import connections
from django.test import Client, override_settings

from benchmarks._timing import Ratio, compare

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

SMALL = 1_000
LARGE = 100_000
PATIENTS_OF_A_CLINICIAN = 200
GOAL = 1.2

# (what it is, what is typed). The person sought is the same one in both clinics, so that both pages show as much;
# the pieces of names have far more than a page of people in both.
SEARCHES = (
    ("no text", ""),
    ("one person by name", "zdenek przyb"),
    ("one person by number", "CZ2026 11"),
    ("one person by date of birth", "29 Feb 1928"),
    ("three letters", "lin"),
    ("two letters", "li"),
    ("nobody", "xylophone"),
)

# random() in a generator is evaluated once for a whole list of rows; a hash of the row's number is not.
PEOPLE = """
SET LOCAL session_replication_role = replica;
INSERT INTO accounts_user (id, password, is_superuser, email, full_name, role, is_active, is_staff, joined_at, version)
SELECT md5('user' || n)::uuid, '', false, 'user' || n || '@clinic.example', 'Dr Number ' || n,
       CASE WHEN n = 0 THEN 'manager' ELSE 'physician' END, true, false, now(), 1
FROM generate_series(0, %(clinicians)s) n;

INSERT INTO patients_patient (id, created_at, updated_at, version, given_name, family_name, preferred_name,
    date_of_birth, sex, pronouns, language, large_print, telephone, email, contact_route, address, allergy_status,
    is_demo)
SELECT md5('patient' || n)::uuid, now(), now(), 1,
       (ARRAY['Ann', 'Boris', 'Chidi', 'Dolores', 'Emeka', 'Freya', 'Gustav', 'Hana', 'Ivo', 'Jasmin', 'Kofi', 'Lucía',
              'Marta', 'Nils', 'Olga', 'Paul', 'Quentin', 'Rosa', 'Sven', 'Tom'])[1 + abs(hashint4(n)) %% 20]
           || (ARRAY['', 'a', 'e', 'ina', 'ko'])[1 + abs(hashint4(n + 7)) %% 5],
       (ARRAY['Lind', 'Berg', 'Stone', 'Wood', 'Hart', 'Brook', 'Field', 'Hill', 'Moor', 'Clay', 'Ash', 'Elm', 'Oak',
              'Thorn', 'Marsh', 'Reed', 'Wolf', 'Fox', 'Crane', 'Swan', 'Lin', 'Dal', 'Nor', 'Öst', 'Väst', 'Hal', 'Kel',
              'Mac', 'Van', 'Del'])[1 + abs(hashint4(n * 3)) %% 30]
           || (ARRAY['holm', 'ley', 'ton', 'worth', 'by', 'ford', 'son', 'vorsen', 'qvist', 'gren', 'dahl', 'mann',
                     'ström', 'field', 'er', 'ing', 'ell', 'ow', 'ard', 'ov'])[1 + abs(hashint4(n * 5)) %% 20],
       '', date '1940-01-01' + abs(hashint4(n * 11)) %% 25000, 'female', '', 'en', false, '', '', 'telephone', '',
       'not_asked', false
FROM generate_series(1, %(patients)s) n;

INSERT INTO patients_patient (id, created_at, updated_at, version, given_name, family_name, preferred_name,
    date_of_birth, sex, pronouns, language, large_print, telephone, email, contact_route, address, allergy_status,
    is_demo)
VALUES (md5('sought')::uuid, now(), now(), 1, 'Zdeněk', 'Przybylski', '', '1928-02-29', 'male', '', 'en', false, '', '',
        'telephone', '', 'not_asked', false);
INSERT INTO patients_patientidentifier (id, created_at, patient_id, system, value)
VALUES (md5('number sought')::uuid, now(), md5('sought')::uuid, 'hospital', 'CZ20261122');

INSERT INTO patients_patientidentifier (id, created_at, patient_id, system, value)
SELECT md5('number' || n)::uuid, now(), md5('patient' || n)::uuid, 'hospital', (4000000000 + n::bigint * 10007)::text
FROM generate_series(1, %(patients)s) n;

INSERT INTO patients_referral (id, created_at, updated_at, version, patient_id, referrer_name, referrer_organisation,
    received_on, reason, urgency, state, state_note)
SELECT md5('referral' || n)::uuid, now(), now(), 1, md5('patient' || n)::uuid, 'Dr Letter', '',
       current_date - abs(hashint4(n)) %% 900, 'Headache', 'routine', 'accepted', ''
FROM generate_series(1, %(patients)s) n;

INSERT INTO patients_visit (id, created_at, updated_at, version, patient_id, clinician_id, kind, visit_on, findings,
    changes, plan, state)
SELECT md5('visit' || n || '/' || k)::uuid, now(), now(), 1, md5('patient' || n)::uuid,
       md5('user' || 1 + n %% %(clinicians)s)::uuid, 'follow_up', current_date - abs(hashint4(n * 13 + k)) %% 900,
       'Findings', '', '', 'open'
FROM generate_series(1, %(patients)s) n, generate_series(1, 3) k ON CONFLICT DO NOTHING;

INSERT INTO patients_careteammembership (id, created_at, updated_at, version, patient_id, member_id, task, starts_on)
SELECT md5('place' || n)::uuid, now(), now(), 1, md5('patient' || n)::uuid,
       md5('user' || 1 + n %% %(clinicians)s)::uuid, 'treats', current_date - 400
FROM generate_series(1, %(patients)s) n;

INSERT INTO patients_prescriberdesignation (id, created_at, patient_id, prescriber_id, kind, period, reason)
SELECT md5('designation' || n)::uuid, now(), md5('patient' || n)::uuid,
       md5('user' || 1 + n %% %(clinicians)s)::uuid, 'designated', tstzrange(now() - interval '1 year', NULL), 'treats'
FROM generate_series(1, %(patients)s) n;
"""


def ratios() -> Iterator[Ratio]:
    """The list for the manager (all patients) and for a clinician (theirs), and what people type."""
    from django.conf import settings

    with override_settings(ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "testserver"]):
        small = connections["default"]
        large = _clinic(small, "clinic_large", LARGE)
        small = _clinic(small, "clinic_small", SMALL)
        everybody = _pages(small, large, "user0@clinic.example")
        for name, typed in SEARCHES:
            yield _ratio(f"patient list, manager, {name}", everybody, typed)
        own = _pages(small, large, "user3@clinic.example")
        for name, typed in SEARCHES[:2]:
            yield _ratio(f"patient list, clinician, {name}", own, typed)


def _ratio(name: str, pages: tuple[Callable[[str], Any], Callable[[str], Any]], typed: str) -> Ratio:
    in_large, in_small = pages
    return compare(name, measured=lambda: in_large(typed), reference=lambda: in_small(typed), goal=GOAL)


def _clinic(original: BaseDatabaseWrapper, name: str, patients: int) -> BaseDatabaseWrapper:
    """A connection to a database of its own, copied from the migrated one and filled."""
    original.close()
    clinic = original.copy()
    clinic.settings_dict = {**original.settings_dict, "NAME": name, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    with original._nodb_cursor() as server:  # noqa: SLF001
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{original.settings_dict["NAME"]}"')
    with clinic.cursor() as cursor:
        clinicians = max(patients // PATIENTS_OF_A_CLINICIAN, 1)
        statements = PEOPLE % {"patients": patients, "clinicians": clinicians}
        cursor.execute(f"BEGIN; {statements} COMMIT;")
        # As autovacuum leaves it soon after: statistics, and indexes without unsorted rests.
        cursor.execute("VACUUM ANALYZE")
    return clinic


def _pages(
    small: BaseDatabaseWrapper, large: BaseDatabaseWrapper, email: str
) -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    return _page(large, email), _page(small, email)


def _page(clinic: BaseDatabaseWrapper, email: str) -> Callable[[str], Any]:
    from apps.accounts.models import User

    connections["default"] = clinic
    client = Client()
    client.force_login(User.objects.get(email=email))

    def get(typed: str) -> None:
        connections["default"] = clinic
        answer = client.get("/patients/", {"q": typed} if typed else {})
        if answer.status_code != 200:
            raise RuntimeError(f"The patient list answered {answer.status_code}")

    return get


def main() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    for ratio in ratios():
        print(ratio, flush=True)


if __name__ == "__main__":
    main()
