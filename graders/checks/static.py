"""
Criteria of kind static: the kata's rules, in the source and at run time.

The source is parsed in a worker that never ran it; what the rules refused while
the tests ran counts as well, so a name put together at run time is no way out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from graders.model.kata import Rules
from graders.model.result import Cause, CauseKind, CriterionResult, Finding, Outcome
from graders.model.rubric import Criterion
from graders.sandbox.faults import cause_of
from graders.sandbox.guarding import EVASIVE_ATTRIBUTES
from graders.sandbox.link import Budget, Stopped
from graders.trial import Trial

_MOST_FINDINGS = 20
_FORBIDS = ", which this kata forbids"
# Ways to reach a forbidden name without writing it, or to run a text that does. No kata needs them.
EVASIONS = frozenset(
    "__import__ eval exec compile open globals vars locals breakpoint input "
    "importlib gc inspect ctypes marshal pickle builtins io code codeop runpy pkgutil zipimport "
    "timeit cProfile profile pdb bdb trace doctest linecache dis symtable unittest logging "
    "_thread _io _imp _pickle _frozen_importlib "
    "sys.modules sys._getframe sys.meta_path sys.path_hooks sys.settrace sys.setprofile "
    "__builtins__ __loader__ __spec__ string.Formatter "
    "os.open os.system os.popen os.fdopen pathlib typing.get_type_hints typing.ForwardRef "
    "types.FunctionType types.CodeType numpy.testing numpy.f2py numpy.distutils "
    "numpy.ctypeslib".split()
)


def decide(criteria: Sequence[Criterion], trial: Trial) -> list[CriterionResult]:
    """Give one result a criterion: passed when no rule is broken."""
    findings, causes = _findings(trial)
    passed = not findings and not causes
    return [
        CriterionResult(
            criterion=criterion.id,
            outcome=Outcome.PASSED if passed else Outcome.FAILED,
            credit=1.0 if passed else 0.0,
            findings=tuple(findings[:_MOST_FINDINGS]),
            causes=tuple(causes),
        )
        for criterion in criteria
    ]


def _findings(trial: Trial) -> tuple[list[Finding], list[Cause]]:
    rules = trial.kata.about.rules
    # A budget of its own: a submission that used its time up may still keep to the rules.
    peer = trial.peer({}, budget=Budget(trial.limits), upload_first=True)
    try:
        facts = peer.scan(trial.source)
        found = sorted(set(_broken(facts, rules)))
    except Stopped as stopped:
        return [], [stopped.cause]
    except Exception as error:  # noqa: BLE001 - whatever the parser says of hostile text
        cause = cause_of(error)
        line = getattr(error, "lineno", None) or cause.line
        name = type(error).__name__
        return [], [Cause(kind=CauseKind.NOT_LOADED, error=name, line=line)]
    finally:
        peer.link.close()
    causes = [
        Cause(
            kind=CauseKind.REFUSED_IMPORT if kind == "import" else CauseKind.REFUSED_NAME, name=name
        )
        for kind, name in sorted(trial.refusals)
    ]
    return [Finding(line=line, text=text) for line, text in found], causes


def _broken(facts: dict[str, Any], rules: Rules) -> Iterator[tuple[int, str]]:
    """Give line and sentence of each broken rule."""
    for module, line in facts["imports"]:
        yield from (
            (line, f"imports {f}{_FORBIDS}") for f in _within(module, rules.forbidden_imports)
        )
    for name, line in facts["names"]:
        found = {*_within(name, rules.forbidden_names), *_elsewhere(name, rules.forbidden_names)}
        yield from ((line, f"uses {f}{_FORBIDS}") for f in sorted(found))
    for attribute, line in facts["captures"]:
        found = {f for f in rules.forbidden_names if f.rpartition(".")[2] == attribute}
        yield from ((line, f"uses {f}{_FORBIDS}") for f in sorted(found))
    for attribute, line in facts["attributes"]:
        if attribute in rules.forbidden_methods:
            yield line, f"uses .{attribute}{_FORBIDS}"
    if rules.forbidden_imports or rules.forbidden_names or rules.forbidden_methods:
        yield from _evasions(facts)
    most = rules.max_function_lines
    for name, line, length in facts["functions"]:
        if most and length > most:
            yield line, f"{name} is {length} lines long; {most} is the most here"


def _within(name: str, forbidden: Collection[str]) -> list[str]:
    """Give the forbidden names it is or lies in; ``_heapq`` is heapq, written in C."""
    parts = name.split(".")
    heads = {".".join(parts[: i + 1]) for i in range(len(parts))}
    heads |= {head.removeprefix("_") for head in heads}
    return sorted(heads.intersection(forbidden))


def _elsewhere(name: str, forbidden: Collection[str]) -> list[str]:
    """Give the forbidden names that it is in another module of the same package."""
    first, _, _ = name.partition(".")
    last = name.rpartition(".")[2]
    return [
        f
        for f in forbidden
        if first == f.partition(".")[0] and "." in name and last == f.rpartition(".")[2]
    ]


def _evasions(facts: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Give the ways round the rules."""
    for module, line in facts["imports"]:
        for evasion in _within(module, EVASIONS):
            yield line, f"imports {evasion}, a way round the rules"
    for name, line in facts["names"]:
        for evasion in _within(name, EVASIONS):
            yield line, f"uses {evasion}, a way round the rules"
    for attribute, line in facts["attributes"]:
        if attribute in EVASIVE_ATTRIBUTES:
            yield line, f"uses {attribute}, a way round the rules"
