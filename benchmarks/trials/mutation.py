"""Do the specs notice when a rule of the reading of times is changed? Its mutation score.

Usage: python -m benchmarks.trials.mutation [--mutants 300] [--seed 1] [--only WORDS] [--survivors]
Of all small changes of the functions of ingest/reading/english/times (a comparison turned or moved by one, an "and" for
an "or", a sum for a difference, a number one higher, a truth for its opposite, a condition left out) some are drawn at
random. Each is made in the running program, and all rows of tests/specs/times are read: a change is noticed where one
of them comes out otherwise, fails or takes ten times as long (DeMillo, Lipton and Sayward, 1978). What is parsed is
parsed once, so that a change costs seconds where a tool that starts the tests anew for each (mutmut, cosmic-ray) takes
a minute. Tables and patterns, which stand outside functions, are not changed. `--survivors` prints what nobody noticed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import inspect
import json
import pkgutil
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from benchmarks.fuzz import TooLongError, within
from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english import times
from ingest.reading.english.times import find_times
from ingest.reading.findings import Document
from kb.edtf import Edtf

SPECS = Path(__file__).parents[2] / "tests" / "specs" / "times"
_SLOWER = 10  # times as long as all rows take, and a change is noticed
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip

Row = tuple[Annotated, list[list[str | None]]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: of which function, on which line, which words became which; `code` is the changed function's."""

    module: str
    function: str
    line: int
    before: str
    after: str
    code: CodeType


def rows() -> list[Row]:
    """Every row of the specs, parsed, with what is to be found."""
    found = []
    for path in sorted(SPECS.glob("*.json")):
        for text, published, expected in json.loads(path.read_text("utf-8")):
            document = Document("spec", text, published=Edtf(published) if published else None)
            found.append((annotate(document), expected))
    return found


def holds(row: Row) -> bool:
    """Whether a row comes out as it should."""
    annotated, expected = row
    return [[t.text, t.type, t.value, t.edtf] for t in find_times(annotated)] == expected


def modules() -> Iterator[ModuleType]:
    """The modules of the reading of times."""
    for found in pkgutil.walk_packages(times.__path__, f"{times.__name__}."):
        if not found.ispkg:
            yield importlib.import_module(found.name)


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Every change of the functions of a module."""
    source = inspect.getsource(module)
    tree = ast.parse(source)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for place, node in enumerate(ast.walk(function)):
                for number in range(len(_changes(node))):
                    yield from _mutant(module, tree, function, (place, number))


def _changes(node: ast.AST) -> list[Callable[[Any], ast.AST]]:
    """What may be made of a node, each given a copy of it."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _TURNED:
            return [lambda n: ast.Compare(n.left, [_TURNED[type(n.ops[0])]()], n.comparators)]
        case ast.BoolOp():
            other = ast.And if isinstance(node.op, ast.Or) else ast.Or
            return [lambda n: ast.BoolOp(other(), n.values), lambda n: n.values[0], lambda n: n.values[-1]]
        case ast.BinOp() if type(node.op) in _OTHER:
            return [lambda n: ast.BinOp(n.left, _OTHER[type(n.op)](), n.right)]
        case ast.UnaryOp(op=ast.Not()):
            return [lambda n: n.operand]
        case ast.Constant(value=bool()):
            return [lambda n: ast.Constant(not n.value)]
        case ast.Constant(value=int()):
            return [lambda n: ast.Constant(n.value + 1)]
        case ast.IfExp():
            return [lambda n: n.body, lambda n: n.orelse]
        case _:
            return []


def _mutant(
    module: ModuleType, tree: ast.Module, function: ast.FunctionDef, which: tuple[int, int]
) -> Iterator[Mutant]:
    place, number = which
    own = copy.deepcopy(function)
    node = list(ast.walk(own))[place]
    changed = ast.copy_location(_changes(node)[number](copy.deepcopy(node)), node)

    class Change(ast.NodeTransformer):
        def visit(self, each: ast.AST) -> ast.AST:
            found: ast.AST = changed if each is node else self.generic_visit(each)
            return found

    body: list[Any] = [*(n for n in tree.body if _is_future(n)), Change().visit(own)]
    whole = ast.fix_missing_locations(ast.Module(body, []))
    code = compile(whole, inspect.getfile(module), "exec", dont_inherit=True)
    for const in code.co_consts:
        if isinstance(const, CodeType) and const.co_name == function.name:
            line = getattr(node, "lineno", function.lineno)
            yield Mutant(module.__name__.removeprefix(f"{times.__name__}."), function.name, line, ast.unparse(node),
                         ast.unparse(changed), const)  # fmt: skip


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def noticed(mutant: Mutant, specs: list[Row], seconds: float) -> bool:
    """Whether the rows notice a change; the row that does is read first the next time."""
    module = importlib.import_module(f"{times.__name__}.{mutant.module}")
    function = inspect.unwrap(getattr(module, mutant.function))
    if not isinstance(function, FunctionType) or len(function.__code__.co_freevars) != len(mutant.code.co_freevars):
        return True
    plain = function.__code__
    function.__code__ = mutant.code
    _forget()
    try:
        with within(seconds):
            for place, row in enumerate(specs):
                if not holds(row):
                    specs.insert(0, specs.pop(place))
                    return True
    except (Exception, TooLongError):
        return True
    finally:
        function.__code__ = plain
        _forget()
    return False


def _forget() -> None:
    """Forget what the modules keep of earlier calls."""
    for module in modules():
        for value in vars(module).values():
            with suppress(AttributeError, TypeError):
                value.cache_clear()


def main(words: Sequence[str] | None = None) -> int:
    """Draw changes and print which share of them was noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="WORDS", help="only modules whose name has them")
    parser.add_argument("--survivors", action="store_true", help="print what nobody noticed")
    given = parser.parse_args(words)
    specs = rows()
    for row in specs[:20]:  # what is loaded once is not timed
        holds(row)
    began = time.monotonic()
    wrong = sum(not holds(row) for row in specs)
    seconds = (time.monotonic() - began) * _SLOWER
    print(f"{len(specs):,} rows hold, in {seconds / _SLOWER:.1f} s", file=sys.stderr, flush=True)
    if wrong:
        print(f"{wrong} rows of the specs fail as it is; mend these first", file=sys.stderr)
        return 2
    every = [m for module in modules() if given.only in module.__name__ for m in mutants(module)]
    chance = random.Random(given.seed)  # noqa: S311 (no secret)
    drawn = chance.sample(every, min(given.mutants, len(every)))
    made: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    for mutant in drawn:
        room = mutant.module.partition(".")[0]
        made[room] += 1
        if noticed(mutant, specs, seconds):
            killed[room] += 1
        elif given.survivors:
            print(f"{mutant.module}.{mutant.function}:{mutant.line}: {mutant.before} -> {mutant.after}", flush=True)
    for room, count in sorted(made.items()):
        print(f"{room}: {killed[room]} of {count}, {killed[room] / count:.0%}")
    share = killed.total() / max(1, made.total())
    print(f"{killed.total()} of {made.total()} changes noticed, {share:.0%}, of {len(every):,} that there are, by "
          f"{len(specs):,} rows in {time.monotonic() - began:.0f} s")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
