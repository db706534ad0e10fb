"""A verdict as Great Expectations writes one, without it: what its own program loads, and writes again unchanged."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from lakemesh.declare.arguments import Given
from lakemesh.lake.runs import Json
from lakemesh.mesh.contract import Check, Contract
from lakemesh.quality.verdict import Finding, Verdict

_OWN = "unexpected_rows_expectation"
_NOTHING: dict[str, Json] = {"raised_exception": False, "exception_traceback": None, "exception_message": None}
_SEVERITY = {"stop": "critical", "quarantine": "critical", "warn": "warning", "note": "info"}


def as_json(contract: Contract, verdict: Verdict, run: str, snapshot: int, at: datetime) -> dict[str, Json]:
    """The whole verdict. What is ours, such as the sentence of a rule, stands under `meta`."""
    results = [_result(contract, finding) for finding in verdict.findings]
    passed = sum(1 for finding in verdict.findings if not finding.broken)
    many = len(verdict.findings)
    return {
        "success": passed == many,
        "results": cast(Json, results),
        "suite_name": str(contract.table),
        "suite_parameters": {},
        "statistics": {
            "evaluated_expectations": many,
            "successful_expectations": passed,
            "unsuccessful_expectations": many - passed,
            "success_percent": 100 * passed / many if many else None,
        },
        "meta": {
            "run_id": {"run_name": run, "run_time": at.isoformat()},
            "lakemesh": {
                "table": str(contract.table),
                "product": str(contract.product),
                "verdict": verdict.word,
                "snapshot": str(snapshot),
                "owner": contract.owner,
                "steward": contract.steward,
            },
        },
        "id": None,
    }


def _result(contract: Contract, finding: Finding) -> dict[str, Json]:
    kind, kwargs = _question(contract, finding)
    raised = {**_NOTHING, "raised_exception": True, "exception_traceback": "", "exception_message": finding.observed}
    return {
        "success": not finding.broken,
        "expectation_config": {
            "type": kind,
            "kwargs": plain(kwargs),
            "description": finding.sentence,
            "meta": {"lakemesh": _ours(finding)},
            "severity": _SEVERITY[finding.otherwise],
        },
        "result": {} if finding.raised else plain(finding.result or _counted(kind, finding)),
        "meta": {},
        "exception_info": raised if finding.raised else dict(_NOTHING),
    }


def _ours(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "sentence": finding.sentence,
        "else": finding.otherwise,
        "bad": finding.bad,
        "of": finding.of,
        "dimension": finding.dimension,
        "origin": finding.origin,
        "why": finding.why,
        "query": finding.query,
        "observed": finding.observed,
        "examples": list(finding.examples),
    }


def _question(contract: Contract, finding: Finding) -> tuple[str, Mapping[str, Given]]:
    """The expectation that was asked, or the one that a word of a column stands for."""
    if finding.expectation:
        more: dict[str, Given] = {}
        if finding.where:
            more = {"row_condition": finding.where, "condition_parser": "spark"}
        return finding.expectation, {**finding.arguments, **more}
    column, _, word = finding.rule.rpartition(":")
    for check in contract.column(column).checks if column in contract.types else ():
        if check.word == word and (found := _of_word(column, check)):
            return found
    # It fills braces in, and wants to find its own word for the table among them.
    query = (finding.query or f"select '{finding.rule}'").replace("{", "{{").replace("}", "}}")
    return _OWN, {"unexpected_rows_query": f"{query} /* {{batch}} */"}


def _of_word(column: str, check: Check) -> tuple[str, Mapping[str, Given]] | None:
    match check.word:
        case "not_null":
            return "expect_column_values_to_not_be_null", {"column": column}
        case "unique":
            return "expect_column_values_to_be_unique", {"column": column}
        case "one_of":
            return "expect_column_values_to_be_in_set", {"column": column, "value_set": check.value}
        case "matches":
            return "expect_column_values_to_match_regex", {"column": column, "regex": str(check.value[0])}
        case "length":
            name = "expect_column_value_lengths_to_be_between"
            return name, {"column": column, "min_value": check.value[0], "max_value": check.value[1]}
        case "range":
            name = "expect_column_values_to_be_between"
            return name, {"column": column, "min_value": check.value[0], "max_value": check.value[1]}
    return None


def _counted(kind: str, finding: Finding) -> Mapping[str, object]:
    """What is known of a rule that was decided while rows were read."""
    if kind == _OWN:
        return {"observed_value": finding.bad}
    return {
        "element_count": finding.of,
        "unexpected_count": finding.bad,
        "unexpected_percent": 100 * finding.bad / finding.of if finding.of else None,
        "partial_unexpected_list": [],
    }


def plain(value: object) -> Json:
    """A value as strict JSON: what is no finite number is text."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    return str(value)
