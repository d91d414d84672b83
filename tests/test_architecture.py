"""The house stands: imports go one way, Streamlit stays in the pages, files and functions stay small."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    {"app", "serve"},
    {"pages"},
    {"lib.workflow", "lib.runs.service"},
    {"lib.stages", "lib.runs", "lib.reports"},
    {"lib.fields", "lib.webflow", "lib.journal"},
    {"lib.model"},
    {"lib.garbage", "lib.log", "lib.settings"},
    {"lib.errors"},
    {"lib.words"},
)
SOURCES = [
    ROOT / "app.py",
    ROOT / "serve.py",
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "lib").rglob("*.py")),
]
LONGEST_FILE_LINES = 250
LONGEST_PAGE_LINES = 80
# What pages may know of lib: use cases, runs, nouns, reports, errors; and of what lies below only the way in, what to
# say while waiting, what there is to choose from, what a field type is called, how long requests take, and limits.
PAGES_MAY_IMPORT = (
    "lib.errors",
    "lib.fields",
    "lib.log",
    "lib.model",
    "lib.reports",
    "lib.runs.service",
    "lib.runs.waits",
    "lib.settings",
    "lib.stages.batch",
    "lib.stages.cost",
    "lib.stages.damage",
    "lib.stages.mending",
    "lib.stages.read",
    "lib.webflow.connection",
    "lib.words",
    "lib.workflow",
)
LONGEST_FUNCTION_LINES = 40


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room(module: str) -> str:
    parts = module.split(".")
    if parts[:3] == ["lib", "runs", "service"]:
        return "lib.runs.service"
    return ".".join(parts[:2]) if parts[0] == "lib" else parts[0]


def package(path: Path) -> str:
    return room(".".join(path.relative_to(ROOT).with_suffix("").parts))


def layer(module: str) -> int | None:
    return next((depth for depth, rooms in enumerate(LAYERS) if room(module) in rooms), None)


def imports(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= (
                {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "lib" else {node.module or ""}
            )
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_look_down(path: Path) -> None:
    here = layer(package(path))
    for module in imports(path):
        there = layer(module)
        if here is not None and there is not None and room(module) != package(path):
            assert there > here, f"{name(path)} imports {module}"


@pytest.mark.parametrize("path", sorted((ROOT / "lib").rglob("*.py")), ids=name)
def test_lib_never_imports_streamlit(path: Path) -> None:
    assert not any(module.split(".")[0] == "streamlit" for module in imports(path))


SCRIPTS = [
    *sorted((ROOT / "pages" / "steps").glob("*.py")),
    *(ROOT / "pages" / "runs" / f"{page}.py" for page in ("history", "results", "undo", "publish")),
]


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_page_reads_calls_draws_and_no_more(path: Path) -> None:
    assert path.read_text().count("\n") <= LONGEST_PAGE_LINES


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=name)
def test_pages_decide_nothing_that_lib_knows(path: Path) -> None:
    known = {module for module in imports(path) if module.split(".")[0] == "lib"}
    assert not {module for module in known if not module.startswith(PAGES_MAY_IMPORT)}


@pytest.mark.parametrize("path", sorted((ROOT / "pages" / "shared").glob("*.py")), ids=name)
def test_what_pages_share_knows_none_of_them(path: Path) -> None:
    rooms = ("pages.steps", "pages.parts", "pages.runs")
    assert not {module for module in imports(path) if module.startswith(rooms)}


def test_only_the_demo_knows_the_sandbox() -> None:
    known = {
        name(path)
        for path in SOURCES
        if not name(path).startswith("lib/sandbox/") and any(m.startswith("lib.sandbox") for m in imports(path))
    }
    assert known == {"lib/workflow/demo.py"}


def test_only_one_place_moves_a_run_to_another_state() -> None:
    """Whoever else changes a run's line leaves its state alone; only its first line is written elsewhere."""
    trees = {path.name: ast.parse(path.read_text()) for path in (ROOT / "lib" / "journal").glob("*.py")}
    changes = {file for file, tree in trees.items() for node in ast.walk(tree) if ast.unparse(node) == "run.update"}
    assert changes == {"transitions.py", "claims.py"}
    assert not [node for node in ast.walk(trees["claims.py"]) if isinstance(node, ast.keyword) and node.arg == "state"]


def test_only_the_journal_speaks_sql() -> None:
    speakers = {
        package(path)
        for path in SOURCES
        if any(m.split(".")[0] in {"sqlalchemy", "alembic", "sqlite3"} for m in imports(path))
    }
    assert speakers == {"lib.journal"}


def test_only_the_webflow_package_and_the_sandbox_speak_http() -> None:
    speakers = {
        package(path) for path in SOURCES if any(m.split(".")[0] in {"requests", "httpx"} for m in imports(path))
    }
    assert speakers <= {"lib.webflow"}


@pytest.mark.parametrize("path", sorted((ROOT / "lib" / "sandbox").rglob("*.py")), ids=name)
def test_the_sandbox_stands_alone(path: Path) -> None:
    assert all(module.startswith("lib.sandbox") for module in imports(path) if module.split(".")[0] == "lib")


def test_only_doors_lie_directly_in_pages_and_every_address_has_one() -> None:
    """Streamlit runs such a file alone until somebody has run app.py: it must lead there, and do nothing else."""
    from pages.shared.steps import PAGES

    doors = {path.stem: path.read_text() for path in (ROOT / "pages").glob("*.py")}
    assert set(doors) == {page.title.lower() for page in PAGES}
    for address, text in doors.items():
        assert text.replace(address, "…") == doors["results"].replace("results", "…")
        assert text.endswith("from pages.shared import door\n\ndoor.open_app()\n")


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= LONGEST_FILE_LINES
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {
        f.name: length for f in functions if (length := (f.end_lineno or 0) - f.lineno + 1) > LONGEST_FUNCTION_LINES
    }
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "core", "misc"}
    assert not vague & {path.stem for path in SOURCES}


def test_only_the_settings_read_the_environment() -> None:
    """But for the process that reads a file, which is given an environment of its own."""
    readers = {name(path) for path in SOURCES if "os.environ" in path.read_text()} - {"lib/stages/read/reader.py"}
    assert not readers


def test_only_the_rooms_of_the_fields_name_a_field_type() -> None:
    """Everybody else asks the kind, so that a new type is one file in `lib/fields`, and its name in the model."""
    apart = ("lib/fields/", "lib/sandbox/", "lib/model/collection.py")
    named = {
        name(path)
        for path in SOURCES
        if not name(path).startswith(apart)
        and any(
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "FieldType"
            and node.attr.isupper()
            for node in ast.walk(ast.parse(path.read_text()))
        )
    }
    assert not named


def test_every_field_type_has_one_kind_and_every_kind_is_found_without_a_list_of_them() -> None:
    from lib.fields import kind_of
    from lib.model.collection import FieldType

    for field_type in FieldType:
        assert kind_of(field_type).type is field_type
    homes = [type(kind_of(field_type)).__qualname__ for field_type in FieldType]
    assert len(set(homes)) == len(FieldType)
    registry = (ROOT / "lib" / "fields" / "__init__.py").read_text()
    assert "FieldType." not in registry
    assert not [home for home in homes if home in registry]
