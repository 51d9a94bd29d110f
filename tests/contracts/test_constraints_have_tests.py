"""Every rule that the database holds has a test that expects its refusal.

A test expects a rule by its name, by the end of its name (where a test file of the app builds the names itself), or by
the words of its sentence as listed in refusals.py.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.contracts.refusals import EXPECTED_BY_SENTENCE

TESTS = Path(settings.BASE_DIR) / "tests"
RAISED = re.compile(r"CONSTRAINT\s*=\s*'+([a-z0-9_]+)'+")


@cache
def text_below(folder: str) -> str:
    """The text of the tests below a folder, without the contracts themselves."""
    files = sorted((TESTS / folder).rglob("*.py"))
    return "\n".join(path.read_text() for path in files if "contracts" not in path.parts)


def declared() -> dict[str, str]:
    """The named constraints of our models, each with its sentence."""
    return {
        constraint.name: str(constraint.violation_error_message)
        for config in apps.get_app_configs()
        if config.name.startswith("apps.")
        for model in config.get_models()
        for constraint in model._meta.constraints
    }


def raised() -> dict[str, str]:
    """The names under which the database's own functions refuse, each with the function's text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'"
        )
        sources = [source for (source,) in cursor.fetchall()]
    return {name: source for source in sources for name in RAISED.findall(source)}


def is_expected(name: str) -> bool:
    app = name.split("_", 1)[0]
    if re.search(rf"\b{re.escape(name)}\b", text_below("")):
        return True
    if words := EXPECTED_BY_SENTENCE.get(name):
        return words in text_below(f"integration/{app}")
    ending = name.split("_", 2)[-1]
    return "{name}" in text_below(f"integration/{app}") and f'"{ending}"' in text_below(f"integration/{app}")


@pytest.mark.parametrize("name", declared())
def test_a_constraint_of_a_model_is_expected_by_a_test(name: str) -> None:
    assert is_expected(name)


@pytest.mark.django_db
def test_every_refusal_of_a_trigger_is_expected_by_a_test() -> None:
    names = raised()
    assert "accounts_user_prescriber_stays_active" in names
    assert [name for name in names if not is_expected(name)] == []


@pytest.mark.django_db
def test_the_listed_words_belong_to_the_rule() -> None:
    sentences = raised() | declared()
    assert set(EXPECTED_BY_SENTENCE) - set(sentences) == set()
    assert [name for name, words in EXPECTED_BY_SENTENCE.items() if words not in sentences[name]] == []


def test_every_constraint_of_a_model_has_a_sentence_for_people() -> None:
    assert [name for name, sentence in declared().items() if "is violated" in sentence] == []


def test_a_rule_without_a_test_is_noticed() -> None:
    assert not is_expected("patients_rule_nobody_wrote")
