"""Puts every question to Great Expectations on pandas and keeps what it answers, in quality_answers.json.gz.

It takes minutes: run it by hand where a question, a dataset or the version changed (`make gx-answers`); a part of a
question's name asks those alone. Tests only read the file. Nothing is sent anywhere: telemetry is off, and a socket
that is opened ends the run.
"""

import gzip
import json
import logging
import math
import os
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

from quality_cases import CASES, for_pandas
from quality_data import DATASETS, table

ANSWERS = Path(__file__).with_name("quality_answers.json.gz")


def refuse(*given: object, **named: object) -> None:
    raise SystemExit("Great Expectations opened a socket")


def plain(value: Any) -> Any:
    """JSON that keeps what is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else f"float:{value}"
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


KEPT = (
    *("observed_value", "element_count", "unexpected_count", "unexpected_percent", "missing_count", "missing_percent"),
    *("unexpected_percent_total", "unexpected_percent_nonmissing", "partial_unexpected_list", "partial_missing_list"),
    *("details",),
)


def suites(only: str) -> list[list[str]]:
    """The cases, as many at once as can be: it takes two questions about quantiles of one column for one."""
    wanted = [id for id in CASES if only in id]
    alone = [id for id in wanted if "quantile" in id]
    rounds: dict[str, list[str]] = {}
    for id in alone:
        rounds.setdefault(str(CASES[id].arguments["quantile_ranges"]), []).append(id)
    return [each for each in ([id for id in wanted if id not in alone], *rounds.values()) if each]


def asked(names: list[str], only: str) -> dict[str, dict[str, Any]]:
    """Every case on these datasets."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")
    import great_expectations as gx
    from great_expectations.expectations.registry import get_expectation_impl

    socket.socket.connect = refuse  # type: ignore[method-assign, assignment]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("data")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    answers: dict[str, dict[str, Any]] = {}
    for name in names:
        batch = whole.get_batch({"dataframe": table(name).to_pandas()})
        answers[name] = {}
        for suite in suites(only):
            asking = gx.ExpectationSuite(name=name)
            for id in suite:
                case = CASES[id]
                more = {"row_condition": case.theirs, "condition_parser": "pandas"} if case.where else {}
                made = get_expectation_impl(case.name)(**for_pandas(case), **more, meta={"case": id})
                asking.expectations.append(made)
            result = batch.validate(asking, result_format="SUMMARY").to_json_dict()
            for one in result["results"]:
                id = one["expectation_config"]["meta"]["case"]
                raised = _raised(one["exception_info"])
                found = {word: plain(value) for word, value in one["result"].items() if word in KEPT}
                answers[name][id] = {"success": bool(one["success"]), **({"raised": raised} if raised else found)}
    return answers


def _raised(told: dict[str, Any]) -> str:
    if "raised_exception" in told:
        return str(told["exception_message"]) if told["raised_exception"] else ""
    return "; ".join(str(one["exception_message"]) for one in told.values() if one.get("raised_exception"))


def main() -> None:
    import importlib.metadata

    version = importlib.metadata.version("great_expectations")
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    known = json.loads(gzip.decompress(ANSWERS.read_bytes()))["answers"] if only else {}
    answers = {name: {**known.get(name, {}), **of} for name, of in asked(list(DATASETS), only).items()}
    value = {"version": version, "pandas": importlib.metadata.version("pandas"), "answers": answers}
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()
    ANSWERS.write_bytes(gzip.compress(text, mtime=0))
    verdicts = [one["success"] for of in answers.values() for one in of.values()]
    failing, size = verdicts.count(False), len(ANSWERS.read_bytes())
    print(f"{len(verdicts)} answers of {version}, {failing} of them failing, {size} bytes")


if __name__ == "__main__":
    sys.exit(main())
