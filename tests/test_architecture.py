"""What may import what, and what a module may hold, read from the sources of the package."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import ismodule, isroutine
from pathlib import Path
from statistics import median

import pytest

import ceasefire_model as cm

ROOT = Path(__file__).parents[1]
PACKAGE = "ceasefire_model"

WHOLE = ("documents", "tables", "datasets", "display", "cases")
"""Subpackages that have one place in the order for all of their modules."""

TOP = ""
"""The package itself, `ceasefire_model/__init__.py`; every other name is relative to it."""

BEFORE_THE_TOP = """
    visible lookalikes errors rows fields calls ids reprs verdicts moments
    parties territories facts conditions evidence statements proposals
    references circles index grounds consistency suppositions scenarios arrivals asking
    rules.reports rules.overtaking rules.voices rules.positions
    rules.views rules.effects rules.readings rules.cautions rules.tracks rules.fact_tracks
    rules.chances rules.courses rules.orders rules.stances rules.acceptance
    rules.modes rules.beginnings rules.waiting rules.evaluation rules.deciding rules.findings
    rules.obligations rules.performance rules.histories
    rules.moves rules.gates rules.assessment rules.comparison rules.timelines
    rules
    analyses.progress analyses.solver analyses.theory analyses.endings analyses.openings
    analyses.possibility
    analyses.reachability analyses.listings
    analyses.deadlocks analyses.contradictions
    analyses.shares analyses.shifts analyses.wishes analyses.numbers analyses.choices analyses.cases
    analyses.program analyses.orders analyses.packages analyses.sequences
    analyses.beliefs analyses.expressions analyses.uncertainty analyses.likelihood
    analyses.subjects analyses.causes analyses.developments analyses.explaining
    analyses.echoes analyses.watching analyses.news
    analyses
    drafting.items drafting.coverage drafting.remarks drafting.completeness
    drafting
    bulk.plans bulk.givens bulk.tabulations bulk.varied bulk.compiling bulk.targets
    bulk.columns bulk.reading bulk.worlds bulk.planes bulk.frames bulk.sweeps bulk.panels
    bulk
    documents tables datasets display cases
    face
"""

ORDER = (*BEFORE_THE_TOP.split(), TOP, "strategies", "arguments", "__main__")
"""A module imports only from those before it."""

HOMES = {
    "anywidget": ("display",),
    "cattr": ("documents",),
    "cattrs": ("documents",),
    "clingo": ("analyses.solver",),
    "hypothesis": ("strategies",),
    "matplotlib": ("display",),
    "narwhals": ("bulk", "tables", "datasets"),
    "numpy": ("bulk", "tables", "datasets"),
    "traitlets": ("display",),
    "yaml": ("documents",),
}
"""The parts of the package that may know each of these distributions, and no other may."""

WINGS = ("rules", "analyses", "drafting", "bulk")
"""The subpackages whose `__init__` export the classes of results."""

ON_REQUEST = ("display", "tables")
"""What a method of one line may import in its body: how an answer writes itself."""

NO_NAME_FOR_A_MODULE = {"base", "common", "constants", "helpers", "models", "types", "utils"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Check = Callable[[str, ast.Module], list[str]]


# Reading the sources


@cache
def modules() -> dict[str, ast.Module]:
    """Parse every module of the package."""
    folder = ROOT / PACKAGE
    return {
        ".".join(path.relative_to(folder).with_suffix("").parts)
        .removesuffix("__init__")
        .removesuffix("."): ast.parse(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.rglob("*.py"))
    }


def imports(tree: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Yield each absolute import statement in a tree, once for each module that it names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            submodules = {name for name in names if own(name) in ORDER}
            yield from ((node, name) for name in sorted(submodules))
            if names - submodules:
                yield node, node.module


def own(target: str) -> str | None:
    """Name a module of the package relative to it; None for anybody else's."""
    if target == PACKAGE:
        return TOP
    return target.removeprefix(f"{PACKAGE}.") if target.startswith(f"{PACKAGE}.") else None


def own_imports(tree: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Yield each import of a module of the package, named relative to it."""
    for node, target in imports(tree):
        name = own(target)
        if name is not None:
            yield node, name


def place(name: str) -> int | None:
    """Find the place of a module in the order; None if it has none."""
    first = name.partition(".")[0]
    unit = first if first in WHOLE else name
    return ORDER.index(unit) if unit in ORDER else None


def is_within(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


def at_the_top(tree: ast.Module) -> set[ast.stmt]:
    """Collect the statements at the top level and those in its `if TYPE_CHECKING:`."""
    guarded = (
        statement
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
    )
    return {*tree.body, *guarded}


def statements(function: Function) -> list[ast.stmt]:
    """Give the body of a function without its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def docstring_lines(node: ast.AST) -> int:
    """Count the lines of the docstring of a module, a class or a function."""
    if not isinstance(node, ast.Module | ast.ClassDef | Function):
        return 0
    if ast.get_docstring(node) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def in_display_methods(tree: ast.Module) -> set[ast.stmt]:
    """Collect the imports in methods that return what `display` or `tables` gives, and no more."""
    found = set()
    for cls in ast.walk(tree):
        for method in cls.body if isinstance(cls, ast.ClassDef) else []:
            match statements(method) if isinstance(method, Function) else []:
                case [ast.Import() | ast.ImportFrom() as node, ast.Return()] if all(
                    any(is_within(name, part) for part in ON_REQUEST)
                    for _, name in own_imports(node)
                ):
                    found.add(node)
    return found


def in_functions(tree: ast.Module) -> set[ast.AST]:
    """Collect everything that stands in the body of a function."""
    return {
        node
        for function in ast.walk(tree)
        if isinstance(function, Function)
        for statement in function.body
        for node in ast.walk(statement)
    }


# The checks: each takes a module's name and tree, and gives its faults


def relative_imports(name: str, tree: ast.Module) -> list[str]:
    return [
        f"{name}:{node.lineno} is a relative import"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def imports_below_the_top(name: str, tree: ast.Module) -> list[str]:
    """Find own imports elsewhere, except of `display` in a method, and within `documents.files`."""
    allowed = at_the_top(tree) | in_display_methods(tree)
    late = in_functions(tree) if name == "documents.files" else set()
    return [
        f"{name}:{node.lineno} imports {target or PACKAGE} below the top"
        for node, target in own_imports(tree)
        if node not in allowed and not (node in late and is_within(target, "documents"))
    ]


def imports_against_the_order(name: str, tree: ast.Module) -> list[str]:
    here = place(name)
    if here is None:
        return [f"{name} has no place in the order of the design"]
    faults = []
    for node, target in own_imports(tree):
        there = place(target)
        together = name.partition(".")[0] in WHOLE and there == here
        before = there is not None and there < here and target != TOP
        if not together and not before and node not in in_display_methods(tree):
            faults.append(f"{name}:{node.lineno} imports {target or PACKAGE}")
    return faults


def distributions_away_from_home(name: str, tree: ast.Module) -> list[str]:
    return [
        f"{name}:{node.lineno} imports {target}, which only {' and '.join(homes)} may"
        for node, target in imports(tree)
        if (homes := HOMES.get(target.partition(".")[0]))
        and not any(is_within(name, home) for home in homes)
    ]


def empty_names(name: str, tree: ast.Module) -> list[str]:
    words = {word.lstrip("_") for word in name.split(".")}
    return [f"{name} says nothing" for _ in words & NO_NAME_FOR_A_MODULE]


def overlong(name: str, tree: ast.Module) -> list[str]:
    """Find a module in which there are probably two; a docstring has no part in it."""
    lines = max((node.end_lineno or 0 for node in tree.body), default=0)
    lines -= sum(map(docstring_lines, ast.walk(tree)))
    return [] if lines <= LONGEST or name in LONG else [f"{name} has {lines} lines"]


LONGEST = 500
"""How many lines a module has at the most."""

LONG = {
    "strategies",  # one strategy per record, and each must know the others
    "rules.evaluation",  # one idea: a condition and the history that it may ask about
}


def lengths(tree: ast.Module) -> Iterator[int]:
    """Count the lines of every function, its docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            whole = (node.end_lineno or 0) - node.lineno + 1
            first, rest = node.body[0], statements(node)
            spared = (first.end_lineno or 0) - first.lineno + 1 if first not in rest else 0
            yield whole - spared


def asserts(name: str, tree: ast.Module) -> list[str]:
    return [
        f"{name}:{node.lineno} asserts" for node in ast.walk(tree) if isinstance(node, ast.Assert)
    ]


def faults_of_the_public_names(name: str, tree: ast.Module) -> list[str]:
    """Find what is not an import, the sorted literal of the names, or what loads some of them late.

    What judges and what displays is imported at the top for type checkers alone, and loaded late.
    """
    if name not in {TOP, *WINGS}:
        return []
    parts = {"__all__", *(PARTS_OF_THE_TOP if name == TOP else ())}
    body = at_the_top(tree) if name == TOP else tree.body
    own_ones = [node for node in body if is_from_the_package(node)]
    names = literal(tree, "__all__")
    imported = {alias.name for node in own_ones for alias in node.names}
    faults = [
        f"{ast.unparse(node)!r} does not belong here"
        for node in tree.body
        if node not in own_ones
        and ast.unparse(node).partition("\n")[0].partition(" = ")[0] not in parts
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    if not isinstance(names, list) or names != sorted(set(names)) or set(names) != imported:
        faults.append(f"__all__ of {name or PACKAGE} is not the sorted list of the imported names")
    return faults


PARTS_OF_THE_TOP = {
    "import sys",
    "from importlib import import_module",
    "from importlib.util import find_spec",
    "from typing import TYPE_CHECKING",
    "__version__",
    "if TYPE_CHECKING:",
    "_LATE",
    "_MODULES",
    "def __getattr__(name: str) -> object:",
    "def __dir__() -> list[str]:",
}
"""How each statement may begin that is no import from the package."""


def is_from_the_package(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and is_within(node.module or "", PACKAGE)


def literal(tree: ast.Module, name: str) -> object:
    """Return the literal that a name is given; nothing where it is given none."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            with suppress(ValueError):
                return ast.literal_eval(node.value)
    return None


# The package


def faults(check: Check) -> list[str]:
    return [fault for name, tree in modules().items() for fault in check(name, tree)]


def test_the_package_is_where_it_is_looked_for():
    assert modules()


def test_every_import_is_absolute():
    assert faults(relative_imports) == []


def test_own_modules_are_imported_at_the_top():
    assert faults(imports_below_the_top) == []


def test_each_module_imports_only_from_those_before_it():
    assert faults(imports_against_the_order) == []


def test_each_distribution_is_known_in_one_place_only():
    assert faults(distributions_away_from_home) == []


def test_the_name_of_a_module_says_what_it_holds():
    assert faults(empty_names) == []


def test_no_module_is_too_long():
    assert faults(overlong) == []


def test_most_functions_fit_in_a_glance():
    assert median(length for tree in modules().values() for length in lengths(tree)) <= 7


def test_nothing_is_asserted():
    assert faults(asserts) == []


def test_every_public_name_can_be_asked_for_and_nothing_else_is_shown():
    modules = {"analyses", "drafting", "plots", "rules", "tables"}
    shown = {*cm.__all__, *modules, "__version__"}
    assert dir(cm) == sorted(shown if find_spec("matplotlib") else shown - {"plots"})
    assert all(getattr(cm, name) is not None for name in cm.__all__)
    with pytest.raises(AttributeError, match=r"no attribute 'asess'; did you mean 'assess'\?$"):
        cm.asess  # noqa: B018 - to ask is the test


def test_who_asks_the_top_for_a_class_of_results_is_sent_to_its_wing():
    with pytest.raises(AttributeError, match=r"from ceasefire_model.rules import Assessment$"):
        cm.Assessment  # noqa: B018 - to ask is the test
    with pytest.raises(AttributeError, match=r"no attribute 'Asessment'$"):
        cm.Asessment  # noqa: B018 - to ask is the test


def test_at_the_top_no_class_is_loaded_late():
    late = {name for name in cm.__all__ if name not in loaded_at_once()}
    assert {"assess", "packages", "completeness"} <= late
    assert [name for name in late if isinstance(getattr(cm, name), type)] == []


def loaded_at_once() -> set[str]:
    """Collect the public names that the package imports when it is imported."""
    body = modules()[TOP].body
    return {alias.name for node in body if is_from_the_package(node) for alias in node.names}


@pytest.mark.parametrize("wing", [wing for wing in WINGS if wing in modules()])
def test_a_wing_exports_only_classes_of_its_own(wing):
    exported = vars(import_module(f"{PACKAGE}.{wing}"))
    names = exported["__all__"]
    assert names
    assert not set(names) & set(cm.__all__)
    assert [name for name in names if isroutine(exported[name]) or ismodule(exported[name])] == []
    classes = [exported[name] for name in names if isinstance(exported[name], type)]
    assert [cls for cls in classes if not is_within(own(cls.__module__) or "", wing)] == []


def test_reading_a_document_loads_nothing_that_judges_or_displays():
    late = (
        "[m for m in sys.modules if m.startswith(('ceasefire_model.rules', 'ceasefire_model.di'))]"
    )
    program = f"import sys, ceasefire_model as cm; print({late})"
    command = [sys.executable, "-c", f"{program}; cm.assess; print('assess' in vars(cm))"]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    assert result.stdout.split() == ["[]", "True"]


def test_what_type_checkers_find_at_the_top_is_loaded_from_there_when_it_is_asked_for():
    tree = modules()[TOP]
    late = {
        alias.name: str(node.module).removeprefix(f"{PACKAGE}.")
        for node in at_the_top(tree) - {*tree.body}
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert literal(tree, "_LATE") == late


def test_the_package_itself_is_imports_and_a_sorted_list_of_names():
    assert faults(faults_of_the_public_names) == []


def loaded_by(module: str) -> set[str]:
    """List what importing a module loads beside the standard library, in a fresh interpreter."""
    program = f"""
import sys
before = set(sys.modules)
import {module}
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*(name for name in loaded - sys.stdlib_module_names if not name.startswith("_sysconfig")))
"""
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return set(result.stdout.split())


def test_importing_the_package_loads_attrs_alone():
    assert loaded_by(PACKAGE) <= {PACKAGE, "attr", "attrs"}


# The checks can fail


def test_what_a_module_loads_is_seen():
    assert {"attr", "cattrs"} <= loaded_by("cattrs")


def test_the_lines_of_a_function_are_counted_without_its_docstring():
    source = 'def f():\n    """Do.\n\n    No.\n    """\n    return 1\n\n\ndef g():\n    return 1\n'
    assert list(lengths(ast.parse(source))) == [2, 2]


def test_every_distribution_has_a_home_in_the_order():
    homes = {home for homes in HOMES.values() for home in homes}
    assert {place(home) for home in homes} <= set(range(len(ORDER)))


def method(*lines: str) -> str:
    """Write a class whose one method consists of these lines."""
    return "class A:\n    def f(self):\n" + "".join(f"        {line}\n" for line in lines)


def public(now: str, *, late: str = "", names: str = "['b']", then: str = "") -> str:
    """Write the package itself: what it imports now and late, its names, and more."""
    guarded = f"if TYPE_CHECKING:\n    from ceasefire_model.rules.judging import {late}\n"
    first = f"from ceasefire_model.a import {now}\n{guarded if late else ''}"
    return f"{first}__all__ = {names}\n{then}"


@pytest.mark.parametrize(
    ("check", "name", "source"),
    [
        (relative_imports, "facts", "from .ids import FactId"),
        (relative_imports, "rules.views", "def f():\n    from .. import facts"),
        (imports_below_the_top, "facts", "def f():\n    from ceasefire_model.ids import FactId"),
        (imports_below_the_top, "facts", "def f():\n    import ceasefire_model.ids"),
        (imports_below_the_top, "facts", "try:\n    import ceasefire_model.ids\nfinally:\n    f()"),
        (imports_below_the_top, "facts", "if x:\n    import ceasefire_model.ids"),
        (imports_below_the_top, "facts", "class A:\n    import ceasefire_model.ids"),
        (
            imports_below_the_top,  # not a method
            "facts",
            "def f():\n    from ceasefire_model.display import t\n    return t()",
        ),
        (
            imports_below_the_top,  # a method, but not of one line
            "facts",
            method("from ceasefire_model.display import t", "x = t(self)", "return x"),
        ),
        (
            imports_below_the_top,  # a method of one line, but not of display
            "facts",
            method("from ceasefire_model.ids import t", "return t(self)"),
        ),
        (imports_below_the_top, "documents.files", "def f():\n    import ceasefire_model.rules"),
        (imports_below_the_top, "documents.files", "if x:\n    import ceasefire_model.documents.a"),
        (imports_below_the_top, "documents.a", "def f():\n    import ceasefire_model.documents.b"),
        (imports_against_the_order, "ids", "from ceasefire_model.facts import State"),
        (imports_against_the_order, "ids", "import ceasefire_model.facts as f"),
        (imports_against_the_order, "ids", "from ceasefire_model import facts"),
        (imports_against_the_order, "ids", "from ceasefire_model import errors, facts"),
        (imports_against_the_order, "ids", "from ceasefire_model.ids import PartyId"),
        (imports_against_the_order, "ids", "from ceasefire_model.unheard_of import A"),
        (imports_against_the_order, "ids", "def f():\n    from ceasefire_model.facts import State"),
        (imports_against_the_order, "conditions", "from ceasefire_model.evidence import Source"),
        (imports_against_the_order, "scenarios", "from ceasefire_model.rules.views import View"),
        (imports_against_the_order, "rules.views", "from ceasefire_model.rules import findings"),
        (
            imports_against_the_order,
            "analyses.solver",
            "from ceasefire_model.analyses import solve",
        ),
        (
            imports_against_the_order,
            "analyses.solver",
            "from ceasefire_model.documents import load",
        ),
        (
            imports_against_the_order,
            "documents.files",
            "from ceasefire_model.display.text import t",
        ),
        (imports_against_the_order, "display.text", "import ceasefire_model.cases"),
        (imports_against_the_order, "strategies", "from ceasefire_model import Party"),
        (imports_against_the_order, "__main__", "import ceasefire_model"),
        (imports_against_the_order, TOP, "from ceasefire_model.strategies import parties"),
        (imports_against_the_order, "unheard_of", ""),
        (imports_against_the_order, "rules.unheard_of", ""),
        (distributions_away_from_home, "facts", "import yaml"),
        (distributions_away_from_home, "cases", "def f():\n    from cattrs.gen import override"),
        (distributions_away_from_home, "documentsx", "import yaml"),
        (distributions_away_from_home, "analyses.packages", "import clingo.ast"),
        (distributions_away_from_home, "rules.views", "from hypothesis import given"),
        (distributions_away_from_home, "documents.files", "import matplotlib.pyplot as plt"),
        (distributions_away_from_home, "__main__", "import anywidget"),
        (empty_names, "utils", ""),
        (empty_names, "rules._helpers", ""),
        (empty_names, "common.facts", ""),
        (asserts, "facts", "def f(x):\n    assert x"),
        (overlong, "facts", "\n" * LONGEST + "x = 1"),
        (faults_of_the_public_names, TOP, "from ceasefire_model.a import b"),
        (faults_of_the_public_names, TOP, public("b", then="print()")),
        (faults_of_the_public_names, TOP, public("b", then="x = 1")),
        (faults_of_the_public_names, TOP, public("b", then="def f(): ...")),
        (faults_of_the_public_names, TOP, "import ceasefire_model.b\n__all__ = []"),
        (faults_of_the_public_names, TOP, public("b, c", names="['c', 'b']")),
        (faults_of_the_public_names, TOP, public("b, c", names="['b']")),
        (faults_of_the_public_names, TOP, public("b", names="['b', 'c']")),
        (faults_of_the_public_names, TOP, public("b", names="['b', 'b']")),
        (faults_of_the_public_names, TOP, public("b", names="['b', *a.__all__]")),
        (faults_of_the_public_names, TOP, public("b", names="['b'] + x")),
        (faults_of_the_public_names, TOP, public("b", late="c")),
        (faults_of_the_public_names, "rules", public("b", names="['b', 'c']")),
        (faults_of_the_public_names, "rules", public("b", late="c")),
        (faults_of_the_public_names, "rules", public("b", then="def __dir__() -> list[str]: ...")),
    ],
)
def test_a_fault_is_found(check, name, source):
    assert len(check(name, ast.parse(source))) == 1


@pytest.mark.parametrize(
    ("check", "name", "source"),
    [
        (relative_imports, "facts", "from ceasefire_model.ids import FactId"),
        (imports_below_the_top, "facts", "import ceasefire_model.ids"),
        (imports_below_the_top, "facts", "def f():\n    import json"),
        (imports_below_the_top, "facts", "if TYPE_CHECKING:\n    import ceasefire_model.ids"),
        (imports_below_the_top, "facts", "if t.TYPE_CHECKING:\n    import ceasefire_model.ids"),
        (
            imports_below_the_top,
            "documents.files",
            "def f():\n    from ceasefire_model.documents.a import r\n    x = 1\n    return r(x)",
        ),
        (imports_against_the_order, "facts", "from ceasefire_model.ids import FactId"),
        (imports_against_the_order, "facts", "from ceasefire_model import errors, ids"),
        (imports_against_the_order, "facts", "import json\nfrom attrs import frozen"),
        (
            imports_against_the_order,
            "rules.evaluation",
            "from ceasefire_model.rules.views import V",
        ),
        (imports_against_the_order, "rules.views", "from ceasefire_model.scenarios import S"),
        (imports_against_the_order, "documents.a", "from ceasefire_model.documents.b import c"),
        (imports_against_the_order, "documents", "from ceasefire_model.documents.b import c"),
        (imports_against_the_order, "cases", "from ceasefire_model.documents.files import load"),
        (imports_against_the_order, TOP, "from ceasefire_model.cases import load_case"),
        (imports_against_the_order, "__main__", "from ceasefire_model.cases import load_case"),
        (distributions_away_from_home, "documents.reading", "import yaml, cattrs"),
        (distributions_away_from_home, "documents", "import yaml"),
        (distributions_away_from_home, "analyses.solver", "import clingo"),
        (distributions_away_from_home, "strategies", "from hypothesis import strategies"),
        (distributions_away_from_home, "display.plots", "def f():\n    import matplotlib"),
        (distributions_away_from_home, "facts", "import attrs, yamlish"),
        (empty_names, "rules.readings", ""),
        (empty_names, "__main__", ""),
        (asserts, "facts", "def f(x):\n    assert_never(x)"),
        (overlong, "facts", "\n" * (LONGEST - 1) + "x = 1"),
        (overlong, "strategies", "\n" * LONGEST + "x = 1"),
        (faults_of_the_public_names, "facts", "x = 1"),
        (faults_of_the_public_names, TOP, public("B, b, d", names="['B', 'b', 'd']")),
        (faults_of_the_public_names, TOP, '"""Words."""\n' + public("b")),
        (faults_of_the_public_names, TOP, public("b", late="c", names="['b', 'c']")),
        (faults_of_the_public_names, TOP, public("b", then="__version__ = '1'")),
        (faults_of_the_public_names, "rules", public("b")),
    ],
)
def test_what_is_allowed_is_no_fault(check, name, source):
    assert check(name, ast.parse(source)) == []


@pytest.mark.parametrize("check", [imports_below_the_top, imports_against_the_order])
@pytest.mark.parametrize("docstring", [(), ('"""Draw it."""',)])
@pytest.mark.parametrize(
    "statement",
    [
        "from ceasefire_model.display.text import t",
        "import ceasefire_model.display",
        "from ceasefire_model.tables import t",
    ],
)
def test_a_display_method_of_one_line_may_import_display(check, docstring, statement):
    source = method(*docstring, statement, "return t(self)")
    assert check("rules.evaluation", ast.parse(source)) == []
