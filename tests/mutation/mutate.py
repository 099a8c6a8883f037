"""Change the rules and the engine in small ways, one at a time, and see whether a test notices.

    python tests/mutation/mutate.py            a sample of every file, the table to the screen
    python tests/mutation/mutate.py --write    and into SCORE.md
    python tests/mutation/mutate.py --each 1000 rules/closed_loop.py    every change of one file

Each change runs in a child of its own (by fork, so POSIX only) on a copy of the last commit, with
the tests that are about its file; what survives is told with its line. The sample is the same in
every run. A runner of our own, since a forked child that has everything below the changed module
loaded needs about a second, and since it knows which words are for people.

These words (messages, mends, questions, pages) are not changed: tests hold them where it matters,
and a changed word is no changed judgement.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import random
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SCORE = Path(__file__).with_name("SCORE.md")
SEED = 21
"""Another number is another sample: take a new one after writing tests for what survived."""
EACH = {"rules": 2, "kernels": 15, "graph": 25, "engine": 25, "order": 20}
"""How many changes of a file are tried; of ``rules``, of each rule."""
SECONDS, MEMORY = 60, 2_000_000_000
"""What a child may take; one that takes more goes in circles, and is noticed."""
WORDS = {"message", "mend", "ask", "what"}
"""Arguments that hold words for people."""

BELOW = {
    "kernels": ("interagency.formats", "interagency.catalogue"),
    "graph": ("interagency.kernels",),
    "engine": ("interagency.graph", "interagency.guards"),
    "order": ("interagency.engine",),
    "rules": ("interagency.order", "interagency.testing", "interagency.conformance"),
}
"""What is loaded before the children are made; in this order, since nothing can be unloaded."""

GENERAL = {
    "kernels": ["tests/test_kernels.py", "tests/test_graph.py",
                "--deselect=tests/test_kernels.py::test_a_long_chain_needs_no_recursion"],
    "graph": ["tests/test_graph.py", "tests/test_engine.py", "tests/rules/test_graph_questions.py",
              "tests/rules/test_ways.py", "tests/rules/test_whole_plan.py"],
    "engine": ["tests/test_engine.py", "tests/test_reports.py", "tests/rules/test_testing.py",
               "tests/test_baseline.py", "tests/test_config.py"],
    "order": ["tests/test_order.py", "tests/test_reports.py"],
}  # fmt: skip
"""The tests of what is no rule; a rule's are those that name it."""
SLOW = ("test_rule_properties.py", "test_metamorphic_all.py", "test_built_in.py")
"""Tests of all rules over invented plans (seconds each), and the examples, which come first."""
OTHERS = ["tests/rules", *(f"--ignore=tests/rules/{name}" for name in SLOW)]
"""What is asked besides of a change that those let pass."""
SURVIVORS = "tests/mutation/test_survivors.py"
"""Tests of what a run of this once found unnoticed."""
NEIGHBOURS = ["neighbours"]
"""Last, and counted apart: the written answers to the neighbours of the examples (neighbours.py),
which hold what the rules say, and not what they should."""


@dataclass(frozen=True)
class Mutant:
    """A file with one small change."""

    file: str
    line: int
    before: str
    after: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before}  ->  {self.after}"


# --- changes --------------------------------------------------------------------------------

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.Mult: ast.Add,
}  # fmt: skip
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """The small changes of a node, each a node that can take its place."""
    yield from _of_conditions(node)
    yield from _of_values(node)
    yield from _of_statements(node)


def _of_conditions(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[i] = _COMPARISONS[type(op)]()
            yield changed
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        for i in range(len(node.values)):
            rest = [v for j, v in enumerate(node.values) if j != i]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp) and not (_text(node.body) and _text(node.orelse)):
        yield node.body
        yield node.orelse


def _of_values(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS and not _is_text(node):
        yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        yield ast.Call(ast.Name(_CALLS[node.func.id], ast.Load()), node.args, node.keywords)
    elif isinstance(node, ast.Set) and len(node.elts) > 1:
        for i in range(len(node.elts)):
            yield ast.Set([e for j, e in enumerate(node.elts) if j != i])


def _of_statements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.While) and not isinstance(
        node.test, ast.Compare | ast.UnaryOp
    ):
        changed = copy.copy(node)
        changed.test = ast.UnaryOp(ast.Not(), node.test)
        yield changed
    elif isinstance(node, ast.comprehension):
        for i in range(len(node.ifs)):
            fewer = [test for j, test in enumerate(node.ifs) if j != i]
            yield ast.comprehension(node.target, node.iter, fewer, node.is_async)
    elif (isinstance(node, ast.Expr) and not _says(node)) or isinstance(
        node, ast.Continue | ast.Break | ast.AugAssign
    ):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and node.value is not None and not _is_no(node.value):
        yield ast.Return(ast.Constant(None))


def _is_text(node: ast.BinOp) -> bool:
    return _text(node.left) or _text(node.right)


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _says(node: ast.Expr) -> bool:
    """Whether a statement does nothing: a docstring; or only puts words for people in a list."""
    called = node.value
    return isinstance(called, ast.Constant) or (
        isinstance(called, ast.Call) and bool(called.args) and all(map(_text, called.args))
    )


def _is_no(node: ast.AST) -> bool:
    """None and False, which are the same to all who ask."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def mutants(path: Path, name: str, most: int) -> tuple[int, list[Mutant]]:
    """How many files one small change makes of a file, and a sample of them by line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    every = [
        (place, number)
        for place in _places(tree, ())
        for number, _ in enumerate(changes(_at(tree, place)))
    ]
    chosen = random.Random(f"{SEED} {name}").sample(every, min(most, len(every)))
    made = []
    for place, number in chosen:
        node = _at(tree, place)
        after = list(changes(node))[number]
        changed = copy.deepcopy(tree)
        _put(changed, place, copy.deepcopy(after))
        ast.fix_missing_locations(changed)
        line = getattr(node, "lineno", 0) or _line_of(tree, place)
        made.append(Mutant(name, line, _words(node), _words(after), changed))
    return len(every), sorted(made, key=lambda m: m.line)


Place = tuple[tuple[str, int | None], ...]
Asking = Callable[[], bool | None]


def _places(node: ast.AST, at: Place) -> Iterator[Place]:
    """Where a node can be changed: not annotations, words for people or decorators."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params", "bases"):
            continue
        if isinstance(node, ast.keyword) and node.arg in WORDS:
            continue
        if isinstance(node, ast.JoinedStr | ast.ImportFrom | ast.Import | ast.Raise):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        for number, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                here = (*at, (field, number))
                yield here
                yield from _places(child, here)


def _at(tree: ast.AST, place: Place) -> ast.AST:
    node = tree
    for field, number in place:
        value = getattr(node, field)
        node = value if number is None else value[number]
    return node


def _put(tree: ast.AST, place: Place, after: ast.AST) -> None:
    holder = _at(tree, place[:-1])
    field, number = place[-1]
    if number is None:
        setattr(holder, field, after)
    else:
        getattr(holder, field)[number] = after


def _line_of(tree: ast.AST, place: Place) -> int:
    lines = [getattr(_at(tree, place[:i]), "lineno", 0) for i in range(len(place))]
    return next((line for line in reversed(lines) if line), 0)


def _words(node: ast.AST) -> str:
    told = " ".join(ast.unparse(node).split())
    return told if len(told) <= 100 else f"{told[:97]}..."


# --- running --------------------------------------------------------------------------------


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree."""

    def __init__(self, module: str, path: Path, tree: ast.Module) -> None:
        self.module, self.path, self.tree = module, path, tree

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The place of the module, and nobody else's."""
        if fullname != self.module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed tree."""
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def begun(mutant: Mutant | None, tests: list[str], copied: Path, seconds: float) -> Asking:
    """Begin to run tests in a child; what is given tells, when asked, whether all passed."""
    child = os.fork()
    if child == 0:
        _be_the_child(mutant, tests, copied)
    end = time.monotonic() + seconds

    def answer() -> bool | None:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return False
        return None

    return answer


def _be_the_child(mutant: Mutant | None, tests: list[str], copied: Path) -> None:
    import resource  # not everywhere; nor is fork

    status = 1
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(BaseException), Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        if mutant is not None:
            module = mutant.file.removesuffix(".py").replace("/", ".")
            assert module not in sys.modules, f"{module} was loaded before it could be changed"
            sys.meta_path.insert(0, Changed(module, copied / mutant.file, mutant.tree))
            importlib.import_module(module)
        if tests == NEIGHBOURS:
            status = _neighbours(mutant)
        else:
            _check_examples()
            status = _pytest(tests)
    os._exit(status)


def _check_examples() -> None:
    from interagency.rules import BUILT_IN
    from interagency.testing import check_examples

    for rule in BUILT_IN:
        check_examples(rule)


def _neighbours(mutant: Mutant | None) -> int:
    import neighbours

    from interagency.rules import BUILT_IN

    code = mutant and _code_of(mutant.file)
    asked = [r for r in BUILT_IN if code in (None, r.code)]
    return int(any(text != path.read_text("utf-8") for path, text in neighbours.files(asked)))


def _code_of(file: str) -> str | None:
    stem = Path(file).stem
    if "/rules/" not in file:
        return None
    code: str = getattr(importlib.import_module(f"interagency.rules.{stem}"), stem).code
    return code


def _pytest(tests: list[str]) -> int:
    import pytest

    quiet = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--hypothesis-seed=0"]
    return int(pytest.main([*quiet, *tests]))


def layer_of(file: str) -> str:
    """Which part a file belongs to."""
    return "rules" if "/rules/" in file else Path(file).stem


def tests_of(file: str, copied: Path) -> list[list[str]]:
    """Which tests are run on changes of a file: first these, then, of what survives, those."""
    layer = layer_of(file)
    if layer != "rules":
        return [
            [t for t in [*GENERAL[layer], SURVIVORS] if t.startswith("-") or (copied / t).exists()],
            OTHERS,
            NEIGHBOURS,
        ]
    stem, code = Path(file).stem, _code_of(file)
    named = re.compile(rf"\b({code}|{stem}|{stem.replace('_', '-')})\b")
    own = [
        path.relative_to(copied).as_posix()
        for path in sorted((copied / "tests" / "rules").glob("test_*.py"))
        if path.name not in SLOW and named.search(path.read_text(encoding="utf-8"))
    ]
    own.sort(key=lambda name: stem not in name)
    return [[*own, SURVIVORS], NEIGHBOURS]


def snapshot(into: Path) -> Path:
    """A copy of what was last committed, so that whoever works here changes nothing of it."""
    kept = subprocess.run(
        ["git", "archive", "HEAD", "interagency", "tests", "pyproject.toml", "README.md"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(kept.stdout)) as archive:
        archive.extractall(into, filter="data")
    return into


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description="Mutation testing of rules and engine.")
    parser.add_argument(
        "files", nargs="*", help="rules/closed_loop.py, engine.py ...; default: all"
    )
    parser.add_argument("--each", type=int, help="how many changes of each file")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write SCORE.md")
    asked = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copied = snapshot(Path(folder))
        os.chdir(copied)
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(copied / ".hypothesis")
        os.environ["PYTHONPATH"] = str(copied)
        tests = copied / "tests"
        sys.path[:0] = map(str, (copied, tests, tests / "rules", tests / "mutation"))
        for name in ("pytest", "hypothesis", "hypothesis.strategies", "jsonschema", "networkx"):
            importlib.import_module(name)
        gc.collect()
        gc.freeze()  # so that children share what is loaded
        results = dict(_measured(asked, copied))
    text = table(results, (time.monotonic() - start) / 60)
    print(text)
    if asked.write:
        SCORE.write_text(text, encoding="utf-8")
    return 0


def _measured(
    asked: argparse.Namespace, copied: Path
) -> Iterator[tuple[str, tuple[int, list[tuple[Mutant, str]]]]]:
    rules = sorted(p.name for p in (copied / "interagency" / "rules").glob("[!_]*.py"))
    for layer, below in BELOW.items():
        for module in below:
            importlib.import_module(module)
        names = [f"rules/{r}" for r in rules] if layer == "rules" else [f"{layer}.py"]
        for name in names:
            if asked.files and name not in asked.files:
                continue
            file = f"interagency/{name}"
            possible, chosen = mutants(copied / file, file, asked.each or EACH[layer])
            yield name, (possible, _tried(chosen, file, copied, asked.jobs))


def _tried(chosen: list[Mutant], file: str, copied: Path, jobs: int) -> list[tuple[Mutant, str]]:
    """Each change with whether a test noticed it."""
    stages = _in_a_child(tests_of, file, copied)
    if "/rules/" in file:
        _sound(tuple(OTHERS), copied)  # once for all rules, rather than each alone
    outcome: dict[int, str] = {}
    waiting = list(enumerate(chosen))
    for tests in stages:
        by = "answers" if tests == NEIGHBOURS else "tests"
        if "/rules/" not in file:
            _sound(tuple(tests), copied)
        running: dict[int, Asking] = {}
        queue = list(waiting)
        while queue or running:
            while queue and len(running) < jobs:
                number, mutant = queue.pop(0)
                running[number] = begun(mutant, tests, copied, SECONDS)
            for number, asking in list(running.items()):
                if (passed := asking()) is not None:
                    outcome[number] = "" if passed else by
                    del running[number]
            time.sleep(0.02)
        waiting = [(n, m) for n, m in waiting if not outcome[n]]
    noticed = sum(map(bool, outcome.values()))
    print(f"{file}: {noticed} of {len(outcome)}", file=sys.stderr, flush=True)
    for _, mutant in waiting:
        print(f"  survived {mutant}", file=sys.stderr, flush=True)
    return [(mutant, outcome[n]) for n, mutant in enumerate(chosen)]


@cache
def _sound(tests: tuple[str, ...], copied: Path) -> None:
    """Make sure that tests pass without any change: else they would notice every one."""
    asking = begun(None, list(tests), copied, 300)
    while (passed := asking()) is None:
        time.sleep(0.02)
    if not passed:
        raise SystemExit(f"The tests fail without any change: {' '.join(tests)}")


def _in_a_child(
    ask: Callable[[str, Path], list[list[str]]], file: str, copied: Path
) -> list[list[str]]:
    """Ask what would load the module that is to be changed, where that does no harm."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException), os.fdopen(write, "w") as out:
            out.write(repr(ask(file, copied)))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        stages: list[list[str]] = ast.literal_eval(told.read())
    os.waitpid(child, 0)
    return stages


# --- telling --------------------------------------------------------------------------------


def table(results: dict[str, tuple[int, list[tuple[Mutant, str]]]], minutes: float) -> str:
    """The score, file by file, and every survivor."""
    out = io.StringIO()
    every = list(results.values())
    possible, total, killed, answers = _sums(every)
    out.write("# How many small changes of rules and engine the tests notice\n\n")
    out.write("Made by `python tests/mutation/mutate.py --write`; how it works stands there.\n\n")
    out.write(
        f"**{killed + answers} of {total} changes noticed: {_percent(killed + answers, total)}**; "
        f"{killed} ({_percent(killed, total)}) by tests that say what is meant, {answers} more by "
        "the written answers to the neighbours of the rules' examples (`neighbours.py`) alone. "
        f"A sample, the same in every run, of {possible} possible changes; it took {minutes:.0f} "
        "minutes.\n\n"
    )
    out.write(
        "| part | possible | tried | by tests | by answers | score |\n|---|--:|--:|--:|--:|--:|\n"
    )
    for layer in BELOW:
        part = [r for name, r in results.items() if layer_of(f"interagency/{name}") == layer]
        if part:
            out.write(_row(f"**{layer}**", part))
    out.write(
        "\n| file | possible | tried | by tests | by answers | score |\n|---|--:|--:|--:|--:|--:|\n"
    )
    for name, result in results.items():
        out.write(_row(name, [result]))
    out.write("\n## What no test noticed\n\n")
    for _, tried in results.values():
        for mutant, noticed in tried:
            if not noticed:
                out.write(
                    f"* `{mutant.file}` line {mutant.line}: `{mutant.before}` → `{mutant.after}`\n"
                )
    return out.getvalue()


Results = list[tuple[int, list[tuple[Mutant, str]]]]


def _sums(part: Results) -> tuple[int, int, int, int]:
    """Possible, tried, noticed by tests, noticed by written answers alone."""
    by = [noticed for _, tried in part for _, noticed in tried]
    return sum(count for count, _ in part), len(by), by.count("tests"), by.count("answers")


def _row(name: str, part: Results) -> str:
    possible, tried, tests, answers = _sums(part)
    score = _percent(tests + answers, tried)
    return f"| {name} | {possible} | {tried} | {tests} | {answers} | {score} |\n"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
