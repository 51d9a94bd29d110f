"""Each static check goes red when the thing it guards is broken once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config.machine import check
from config.machine.checks import (
    decision_numbers,
    file_ceiling,
    index_addresses,
    managers_in_views,
    markup,
)
from config.machine.checks.tree import Tree

ROOT = Path(__file__).resolve().parents[2]


def tree_with(root: Path, files: dict[str, str]) -> Tree:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Tree(root)


@pytest.mark.parametrize(("lines", "red"), [(399, False), (400, False), (401, True)])
def test_file_ceiling(tmp_path: Path, lines: int, red: bool) -> None:
    tree = tree_with(tmp_path, {"apps/diary/models.py": "x = 1\n" * lines})
    assert bool(file_ceiling.problems(tree)) is red


def test_generated_files_may_be_long(tmp_path: Path) -> None:
    tree = tree_with(tmp_path, {"apps/diary/migrations/0001_initial.py": "x = 1\n" * 500})
    assert file_ceiling.problems(tree) == []


@pytest.mark.parametrize("name", ["apps/diary/views.py", "apps/diary/views/month.py"])
def test_a_manager_in_a_view(tmp_path: Path, name: str) -> None:
    tree = tree_with(tmp_path, {name: "def month(request):\n    return DiaryDay.objects.all()\n"})
    assert managers_in_views.problems(tree) == [f"{name}:2 uses a model manager; ask a selector or a service"]


def test_a_manager_in_a_selector_is_where_it_belongs(tmp_path: Path) -> None:
    tree = tree_with(tmp_path, {"apps/diary/selectors.py": "days = DiaryDay.objects.all()\n"})
    assert managers_in_views.problems(tree) == []


@pytest.mark.parametrize(
    "line",
    ["https://pypi" + ".org/simple", "https://files.pythonhosted" + ".org/x.whl", "--index-url" + " https://x/simple"],
)
def test_an_address_of_a_package_index(tmp_path: Path, line: str) -> None:
    tree = tree_with(tmp_path, {"requirements.txt": f"django==5.2\n{line}\n"})
    assert index_addresses.problems(tree) == ["requirements.txt:2 names a package index"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"0001-a.md": "# 1. A\n", "0001-b.md": "# 1. B\n"}, "2 decision records have the number 1"),
        ({"0001-a.md": "# 1. A\n", "0003-c.md": "# 3. C\n"}, "decision record 2 is missing"),
        ({"0001-a.md": "# 2. A\n"}, "must begin with '# 1. '"),
        ({"first.md": "# 1. A\n"}, "is not named like"),
    ],
)
def test_decision_records(tmp_path: Path, files: dict[str, str], says: str) -> None:
    tree = tree_with(tmp_path, {f"docs/decisions/{name}": text for name, text in files.items()})
    assert says in "\n".join(decision_numbers.problems(tree))


@pytest.mark.parametrize(
    "tag",
    [
        '<p style="color: red">',
        '<button onclick="go()">',
        "<script>go()</script>",
        "<style>p {}</style>",
        '<script src="https://elsewhere.example/x.js"></script>',
        '<a href="javascript:go()">',
    ],
)
def test_markup_that_the_policy_blocks(tmp_path: Path, tag: str) -> None:
    tree = tree_with(tmp_path, {"templates/diary/month.html": f"<main>\n{tag}\n</main>\n"})
    assert markup.problems(tree)
    assert markup.problems(tree)[0].startswith("templates/diary/month.html:2 ")


def test_markup_that_is_fine(tmp_path: Path) -> None:
    fine = '<p class="on" data-style="x"><script src="/static/js/a.js" defer></script><input name="onset">'
    assert markup.problems(tree_with(tmp_path, {"templates/a.html": fine})) == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that a test may break."""
    root = tmp_path_factory.mktemp("broken") / "project"
    for path in Tree(ROOT).paths:
        if not path.startswith(("tests/", "benchmarks/")):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, root / path)
    return root


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1))


def untyped_rule(root: Path) -> None:
    (root / "apps/clinical/broken.py").write_text('def days() -> int:\n    return "three"\n')


def insecure_cookie(root: Path) -> None:
    replace(root / "config/settings/production.py", "SESSION_COOKIE_SECURE = True", "SESSION_COOKIE_SECURE = False")


def forgotten_migration(root: Path) -> None:
    with (root / "apps/audit/models.py").open("a") as models:
        models.write("\n\nclass Forgotten(models.Model):\n    pass\n")


def changed_rule_page(root: Path) -> None:
    with (root / "docs/clinical-rules.md").open("a") as page:
        page.write("\nA sentence that no rule says.\n")


def upward_import(root: Path) -> None:
    (root / "apps/clinical/upward.py").write_text("from apps.core import models\n")


def unused_import(root: Path) -> None:
    (root / "apps/core/unused.py").write_text("import os\n")


def ugly_code(root: Path) -> None:
    (root / "apps/core/ugly.py").write_text("x = { 'a':1 }\n")


def ugly_template(root: Path) -> None:
    (root / "templates/ugly.html").write_text("{%load static%}\n")


BREAKS: list[tuple[str, Callable[[Path], None], list[str], str]] = [
    ("types (mypy)", untyped_rule, ["apps/clinical/broken.py"], "broken.py:2: error"),
    ("production settings (check --deploy)", insecure_cookie, [], "security.W012"),
    ("migrations match the models", forgotten_migration, [], "Forgotten"),
    ("clinical rules' page is up to date", changed_rule_page, [], "clinical-rules.md"),
    ("imports go down only (import-linter)", upward_import, [], "apps.clinical.upward"),
    ("style (ruff check)", unused_import, [], "F401"),
    ("format (ruff format)", ugly_code, [], "ugly.py"),
    ("templates (djade)", ugly_template, [], "ugly.html"),
]


@pytest.mark.parametrize(("name", "break_it", "only", "says"), BREAKS, ids=[entry[0] for entry in BREAKS])
@pytest.mark.xdist_group("checks")
def test_each_program_goes_red(
    copy: Path, name: str, break_it: Callable[[Path], None], only: list[str], says: str
) -> None:
    break_it(copy)
    result = check.run_command(name, [*check.commands(copy)[name], *only], copy)
    assert result.failed
    assert says in result.output


def test_no_check_is_left_unbroken() -> None:
    assert {entry[0] for entry in BREAKS} == set(check.commands())
    tested = {decision_numbers, file_ceiling, index_addresses, managers_in_views, markup}
    assert {module.__name__.rsplit(".", 1)[-1] for module in tested} == set(check.OUR_CHECKS.values())


def test_every_check_runs_to_the_end_and_failures_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = [check.Result(str(number), number != 2, 0.1, "why") for number in (1, 2, 3)]
    monkeypatch.setattr(check, "all_checks", lambda wanted: [lambda result=result: result for result in results])
    assert check.main() == 1
    assert "2 of 3 checks failed." in capsys.readouterr().out
