"""All small changes to a module that a test should notice: its mutants, one change each.

See README.md beside this file for what is changed and what is left alone.
"""

import ast
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WINGS = ("rules", "analyses", "drafting", "bulk")

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "conjunction": "disjunction",
    "disjunction": "conjunction",
    "bisect_left": "bisect_right",
    "bisect_right": "bisect_left",
}
ATTRIBUTES = {
    "MET": "UNMET",
    "UNMET": "MET",
    "PENDING": "UNKNOWN",
    "UNKNOWN": "DISPUTED",
    "DISPUTED": "PENDING",
    "UNCLEAR": "UNKNOWN",
    "START": "END",
    "END": "START",
    "BEFORE": "TOGETHER",
    "TOGETHER": "BEFORE",
    "WHILE": "BEFORE",
    "earliest": "latest",
    "latest": "earliest",
    "as_start": "as_end",
    "as_end": "as_start",
}
SHOWN = {"to_rows", "to_frame", "to_mermaid", "to_html", "to_dict"}
"""What shows a result is tested with `display`, as is every method with underscores around it."""


@dataclass(frozen=True)
class Mutant:
    """One change to one module."""

    path: str
    """The module, from the root of the repository."""

    line: int
    lines: tuple[int, ...]
    """The lines of the statement it stands in: what runs one of them can notice it."""

    kind: str
    start: int
    end: int
    """Which bytes of the module are replaced."""

    before: str
    after: str

    @property
    def name(self) -> str:
        """Return what is stable between runs as long as the module stays."""
        return f"{self.path}:{self.start}-{self.end}:{self.kind}:{self.after}"

    def applied(self, source: bytes) -> bytes:
        """Return the module with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]


def modules(root: Path, wings: tuple[str, ...] = WINGS) -> list[Path]:
    """Return the modules of the wings; an `__init__` holds imports alone."""
    package = root / "ceasefire_model"
    found = (path for wing in wings for path in sorted((package / wing).glob("*.py")))
    return [path for path in found if path.name != "__init__.py"]


def mutants(root: Path, path: Path) -> list[Mutant]:
    """Return all mutants of a module, in the order of the text."""
    source = path.read_bytes()
    found = _Walk(path.relative_to(root).as_posix(), source)
    found.walk(ast.parse(source), None)
    unique = {each.name: each for each in found.found}
    return sorted(unique.values(), key=lambda each: (each.start, each.end, each.kind, each.after))


def draw(
    root: Path, count: int, seed: int, wings: tuple[str, ...] = WINGS, module: str = ""
) -> list[Mutant]:
    """Draw mutants of the wings at random, each site and change as likely as any other."""
    chosen = [path for path in modules(root, wings) if path.as_posix().endswith(module)]
    every = [each for path in chosen for each in mutants(root, path)]
    random.Random(seed).shuffle(every)  # noqa: S311  no secret
    valid = (each for each in every if _is_a_change(each, (root / each.path).read_bytes()))
    return [*itertools.islice(valid, count)]


def _is_a_change(mutant: Mutant, source: bytes) -> bool:
    """Whether it is another program: `(a)` for `a` is not, and a lone `continue` is none."""
    try:
        compiled = compile(mutant.applied(source), "mutant", "exec", ast.PyCF_ONLY_AST)
        compile(compiled, "mutant", "exec")
    except SyntaxError:
        return False
    return ast.dump(compiled) != ast.dump(ast.parse(source))


class _Walk:
    """A walk through a module that notes each place where something can be changed."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.source = source
        self.found: list[Mutant] = []
        lines = source.splitlines(keepends=True)
        self.offsets = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]

    def walk(self, node: ast.AST, statement: ast.stmt | None) -> None:
        if isinstance(node, ast.stmt):
            statement = node
        if _is_left_alone(node):
            return
        if statement is not None:
            for kind, target, after in _changes(node):
                self.note(kind, target, after, statement)
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "type_params"}:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    self.walk(child, statement)

    def note(self, kind: str, target: ast.AST, after: str, statement: ast.stmt) -> None:
        start = self.offsets[target.lineno - 1] + target.col_offset
        end = self.offsets[target.end_lineno - 1] + target.end_col_offset
        before = self.source[start:end].decode()
        if isinstance(target, ast.expr):  # whatever stands around it binds less
            after = f"({after})"
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):  # a default, or a base
            last = statement.body[0].lineno - 1
        elif isinstance(statement, ast.If | ast.For | ast.While | ast.With | ast.Match | ast.Try):
            last = target.end_lineno
        else:
            last = statement.end_lineno
        lines = (*range(min(statement.lineno, target.lineno), last + 1),)
        mutant = Mutant(self.path, target.lineno, lines, kind, start, end, before, after)
        self.found.append(mutant)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr():
            return True
        case ast.Expr(value=ast.Constant()):  # a docstring, or the dots of an overload
            return True
        case ast.Raise():  # what an error says; that it is raised is changed with the `if`
            return True
        case ast.FunctionDef(name=name):
            return name in SHOWN or name.startswith(("__", "_repr_"))
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id="assert_never" | "TypeVar" | "NewType" | "cast")):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case _:
            return False


Change = tuple[str, ast.AST, str]


def _changes(node: ast.AST) -> Iterator[Change]:  # noqa: PLR0915  one arm for each kind of node
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for other in COMPARISONS[type(op)]:
                changed = ast.Compare(left=left, ops=[other()], comparators=[right])
                yield "comparison", node, ast.unparse(changed)
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            for number, op in enumerate(ops):
                for other in COMPARISONS[type(op)]:
                    new = [*ops[:number], other(), *ops[number + 1 :]]
                    changed = ast.Compare(left=left, ops=new, comparators=comparators)
                    yield "comparison", node, ast.unparse(changed)
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and/or", node, ast.unparse(ast.BoolOp(op=other, values=values))
            for number in range(len(values)):
                rest = [*values[:number], *values[number + 1 :]]
                one = rest[0] if len(rest) == 1 else ast.BoolOp(op=op, values=rest)
                yield "operand dropped", node, ast.unparse(one)
        case ast.UnaryOp(operand=operand):
            yield "sign or not dropped", node, ast.unparse(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            changed = ast.BinOp(left=left, op=OPERATORS[type(op)](), right=right)
            yield "arithmetic", node, ast.unparse(changed)
        case ast.Constant(value=bool(value)):
            yield "constant", node, str(not value)
        case ast.Constant(value=int() | float() as value):
            yield "constant", node, str(value + 1)
            yield "constant", node, str(value - 1)
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield "name", node, NAMES[name]
        case ast.Attribute(value=value, attr=name, ctx=ast.Load()) if name in ATTRIBUTES:
            changed = ast.Attribute(value=value, attr=ATTRIBUTES[name], ctx=ast.Load())
            yield "name", node, ast.unparse(changed)
        case ast.IfExp(body=body, orelse=orelse):
            yield "branch", node, ast.unparse(body)
            yield "branch", node, ast.unparse(orelse)
        case ast.Call():
            yield from _of_call(node)
        case ast.comprehension(ifs=[_, *_] as ifs):
            for each in ifs:
                yield "filter dropped", each, "True"
        case ast.match_case(guard=ast.expr() as guard):
            yield "guard dropped", guard, "True"
        case ast.If(test=test) | ast.While(test=test):
            yield "condition", test, f"not ({ast.unparse(test)})"
        case ast.Return(value=ast.expr() as value) if not _is(value, None):
            other = "None"
            if isinstance(value, ast.Constant) and isinstance(value.value, bool):
                other = str(not value.value)
            elif isinstance(value, ast.Compare | ast.BoolOp):
                other = f"not ({ast.unparse(value)})"
            yield "return", value, other
        case ast.Return(value=ast.Constant(value=None)):
            yield "return", node, "return True"
        case ast.Continue():
            yield "loop", node, "break"
        case ast.Break():
            yield "loop", node, "continue"
        case ast.Expr() | ast.AugAssign():
            yield "statement dropped", node, "pass"
        case _:
            pass


def _of_call(node: ast.Call) -> Iterator[Change]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    # of a field, what is seen by the eye, or named alike
    kept = {"repr", "alias", "kw_only", "hash"} if name == "field" else set()
    for number, keyword in enumerate(node.keywords):
        if keyword.arg not in kept:
            rest = [*node.keywords[:number], *node.keywords[number + 1 :]]
            changed = ast.Call(func=node.func, args=node.args, keywords=rest)
            yield "keyword dropped", node, ast.unparse(changed)
    for number in range(len(node.args) - 1) if name not in {"min", "max"} else ():
        args = [*node.args]
        if type(args[number]) is not type(args[number + 1]):
            continue  # what is of another kind altogether is refused by whatever is called
        args[number], args[number + 1] = args[number + 1], args[number]
        changed = ast.Call(func=node.func, args=args, keywords=node.keywords)
        yield "arguments swapped", node, ast.unparse(changed)
        return  # one for each call is many already, and most of them are refused at once


def _is(node: ast.AST, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
