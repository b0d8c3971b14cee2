"""Configuration of the documentation, and the directive that lists the public names."""

import ast
import doctest
import inspect
import logging
import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import UnionType
from typing import ClassVar

import nbformat
from docutils import nodes
from matplotlib.axes import Axes
from myst_nb.core.read import read_myst_markdown_notebook
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.ext.napoleon import GoogleDocstring
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import ceasefire_model
from ceasefire_model.display.plots import to_svg

project = "ceasefire_model"
author = "ceasefire_model contributors"
copyright = f"2026, {author}"  # noqa: A001 - the name is Sphinx's
release = ceasefire_model.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
]  # the first brings the parser of MyST
exclude_patterns = ["_build", "_notebooks", "**/.ipynb_checkpoints"]
copybutton_exclude = ".linenos, .gp, .go"  # nobody copies prompts and answers

html_theme = "furo"
html_title = f"ceasefire_model {release}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

nb_execution_mode = "force"
nb_execution_show_tb = True  # a broken cell is a warning, and `-W` makes it an error
nb_execution_timeout = 120
nb_render_markdown_format = "myst"  # which has tables

default_role = "code"  # in docstrings, as it is in Markdown
add_module_names = False
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88

PAGES = {
    "moments": ["ids", "verdicts", "moments"],
    "parties": ["parties", "territories"],
    "facts": ["facts"],
    "conditions": ["conditions"],
    "evidence": ["evidence"],
    "statements": ["statements"],
    "proposals": ["proposals"],
    "scenarios": ["suppositions", "scenarios", "asking"],
    "rules": ["rules", "rows"],
    "analyses": ["analyses"],
    "drafting": ["drafting"],
    "bulk": ["bulk"],
    "documents": ["documents", "display", "cases"],
    "errors": ["errors"],
}
"""The parts of the package that each page of the reference describes."""


KERNEL_SETTINGS = """
c = get_config()
c.InlineBackend.figure_formats = {"svg"}
c.IPKernelApp.log_level = "ERROR"  # it warns that it can be reached from this machine
"""


WINGS = tuple(
    f"ceasefire_model.{wing}"
    for wing in ("rules", "analyses", "drafting", "bulk")
    if find_spec(f"ceasefire_model.{wing}")
)
"""The parts of the package that export the classes of results."""


@cache
def public_names() -> dict[tuple[str, str], str]:
    """Map the package or wing that exports a name, and the name, to the module it comes from."""
    return {
        (package, name): module
        for package in ("ceasefire_model", *WINGS)
        for name, module in origins(package).items()
    }


def origins(package: str) -> dict[str, str]:
    """Map each name that a package exports to the module that its `__init__.py` takes it from."""
    exporter = import_module(package)
    tree = ast.parse(inspect.getsource(exporter))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {alias.name: str(node.module) for node in imports for alias in node.names}
    return {name: modules[name] for name in exporter.__all__}


def part_of(module: str) -> str:
    """Name the part of the package to which a module belongs: `rules` for all of the rules."""
    return module.split(".")[1]


def autodoc_lines(package: str, name: str) -> list[str]:
    """Write the directive that describes a public name."""
    value = getattr(import_module(package), name)
    if inspect.isclass(value) and issubclass(value, BaseException):
        return [f".. autoexception:: {package}.{name}", "   :show-inheritance:", ""]
    if inspect.isclass(value):
        return [f".. autoclass:: {package}.{name}", ""]
    if inspect.isroutine(value):
        return [f".. autofunction:: {package}.{name}", ""]
    options = [] if isinstance(value, UnionType) else ["   :no-value:"]
    return [f".. autodata:: {package}.{name}", *options, ""]


def is_asked_for(package: str, name: str, which: str | None = None) -> bool:
    """Whether a name is one of those that a page describes: all, the verbs, or all but these."""
    is_verb = inspect.isroutine(getattr(import_module(package), name))
    return which is None or (which == "verbs") is is_verb


class PublicNames(SphinxDirective):
    """Describe the public names that belong on a page of the reference, module by module."""

    required_arguments: ClassVar[int] = 1
    optional_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """Write one autodoc directive per name; with ``verbs`` or ``classes`` only for those."""
        parts, which = PAGES[self.arguments[0]], self.arguments[1:]
        here = [
            (parts.index(part_of(module)), module, package, name)
            for (package, name), module in public_names().items()
            if part_of(module) in parts and is_asked_for(package, name, *which)
        ]
        lines = [
            line for *_, package, name in sorted(here) for line in autodoc_lines(package, name)
        ]
        return self.parse_text_to_nodes("\n".join(lines))


def draw_pictures(app: Sphinx) -> None:
    """Run the examples of the page on pictures, and write each axes that has a name to a file."""
    page = Path(app.srcdir, "how-to", "draw-pictures.md")
    folder = Path(app.srcdir, "_pictures")
    folder.mkdir(exist_ok=True)
    names: dict[str, object] = {}
    for example in doctest.DocTestParser().get_examples(page.read_text(encoding="utf-8")):
        exec(example.source, names)  # noqa: S102 - our own page, which the tests run as well
    for name, value in names.items():
        if isinstance(value, Axes):
            (folder / f"{name}.svg").write_text(to_svg(value), encoding="utf-8")


def write_notebooks(app: Sphinx) -> None:
    """Write each notebook as the file that one downloads and opens."""
    folder = Path(app.srcdir, "_notebooks")
    folder.mkdir(exist_ok=True)
    for page in sorted(Path(app.srcdir, "notebooks").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if "{code-cell}" in text:
            target = folder / page.with_suffix(".ipynb").name
            nbformat.write(read_myst_markdown_notebook(text), target)


def set_up_notebooks(app: Sphinx) -> None:
    """Have the notebooks draw in SVG, whatever the settings of whoever builds the pages."""
    logging.getLogger("traitlets").setLevel(logging.WARNING)  # it tells of each notebook
    folder = Path(app.doctreedir, "ipython")
    profile = folder / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_SETTINGS, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(folder)


def refuse_names_without_page(app: Sphinx) -> None:  # noqa: ARG001 - Sphinx passes itself
    """Stop the build where a public name would stand on no page."""
    described = {part for parts in PAGES.values() for part in parts}
    for (_, name), module in public_names().items():
        if part_of(module) not in described:
            message = f"{name} is on no page; add {part_of(module)!r} to PAGES in docs/conf.py"
            raise ExtensionError(message)


def unlink_dates(app: Sphinx, document: nodes.document) -> None:  # noqa: ARG001 - Sphinx passes itself
    """Keep `date` in a signature from leading to the one attribute that has this name."""
    for reference in list(document.findall(addnodes.pending_xref)):
        if reference.get("reftarget") == "date":
            reference.replace_self(reference.children)


def without_fields(lines: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Take the section on the fields out of a docstring, and give what it says of each."""
    if "Attributes:" not in lines:
        return lines, {}
    start = lines.index("Attributes:")
    end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    fields: dict[str, list[str]] = {}
    for line in lines[start + 1 : end]:
        name, _, rest = line.strip().partition(":") if line[4:5] != " " else ("", "", line)
        if name:
            said = fields.setdefault(name, [])
        said.append(rest.strip())
    return lines[:start] + lines[end:], fields


def read_docstring(
    app: Sphinx,  # noqa: ARG001 - Sphinx passes itself
    what: str,
    name: str,
    value: object,  # noqa: ARG001 - Sphinx passes it
    options: object,  # noqa: ARG001 - Sphinx passes it
    lines: list[str],
) -> None:
    """Take the docstring of a union or an id from under its definition, and read the sections.

    The extension `sphinx.ext.napoleon` would do the second, but for an attribute it takes what
    stands before the first colon for a type.
    """
    package, _, public = name.rpartition(".")
    if what == "data" and (package, public) in public_names():
        docstrings = ModuleAnalyzer.for_module(public_names()[package, public]).find_attr_docs()
        lines[:] = docstrings.get(("", public), lines)
    if what == "class":
        lines[:], _ = without_fields(lines)
    if what == "attribute" and package and not lines:  # a class says what its fields are
        record = getattr(
            import_module(package.rpartition(".")[0]), package.rpartition(".")[2], None
        )
        _, fields = without_fields((inspect.getdoc(record) or "").splitlines())
        lines[:] = fields.get(public, [])
    lines[:] = GoogleDocstring(lines).lines()


def setup(app: Sphinx) -> None:
    """Register the directive and the listeners."""
    app.add_directive("public-names", PublicNames)
    app.connect("builder-inited", draw_pictures)
    app.connect("builder-inited", write_notebooks)
    app.connect("builder-inited", set_up_notebooks)
    app.connect("builder-inited", refuse_names_without_page)
    app.connect("doctree-read", unlink_dates)
    app.connect("autodoc-process-docstring", read_docstring)
