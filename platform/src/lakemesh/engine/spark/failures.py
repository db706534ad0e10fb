"""What Spark says when it fails, as something that a person can mend."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark.errors import AnalysisException, ParseException, PySparkException

from lakemesh.engine.duckdb.failures import TwoLineEnds
from lakemesh.errors import Mistake, Mistakes, Stopped

TWO_LINE_ENDS = "lakemesh: lines end in two ways"
_CARRIED = re.compile(r"lakemesh-told:(\{.*\})")
_CLASS = re.compile(r"^\[[A-Z_.0-9]+\] ")


def carried(error: Mistakes | Stopped) -> str:
    """A message of ours as the text of an error, all of which comes through from a task of Spark."""
    if isinstance(error, Stopped):
        return "lakemesh-told:" + json.dumps({"what": error.what, "remedy": error.remedy})
    (first, *_) = error.mistakes
    return "lakemesh-told:" + json.dumps({"path": first.path, "what": first.what, "remedy": first.remedy})


@contextmanager
def told(path: str) -> Iterator[None]:
    """Raises Mistakes at `path` where Spark stops for a reason that lies in the SELECT, the files or the place."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise _ours(error, path) from error


def _ours(error: Exception, path: str) -> Exception:
    text = str(error)
    if TWO_LINE_ENDS in text:
        return TwoLineEnds(text)
    if found := _CARRIED.search(text):
        said = json.loads(found[1])
        if "path" not in said:
            return Stopped(said["what"], said["remedy"])
        return Mistakes(Mistake(said["path"], 0, 0, said["what"], said["remedy"]))
    if isinstance(error, (AnalysisException, ParseException)):
        what = f"this SELECT does not hold together: {_first(text)}"
        return Mistakes(Mistake(path, 0, 0, what, "mend the expression it names"))
    if any(word in text for word in ("OutOfMemoryError", "No space left on device", "exceeds spark.driver.maxResult")):
        what = f"there is not enough memory, or room on the disk: {_first(text)}"
        return Mistakes(Mistake(path, 0, 0, what, "raise `memory:` in mesh.yaml, or free some room"))
    if any(word in text for word in ("FileNotFoundException", "NotFoundException", "is not a Parquet file")):
        return Mistakes(
            Mistake(path, 0, 0, f"a file cannot be read: {_cause(error)}", "make doctor looks at all of them")
        )
    if isinstance(error, PySparkException) or "SparkException" in text:
        what = f"this SELECT fails on the rows it reads: {_cause(error)}"
        return Mistakes(Mistake(path, 0, 0, what, "mend the expression it names; try_cast gives null where it can"))
    return error


def _first(text: str) -> str:
    return _CLASS.sub("", text.strip().splitlines()[0]) if text.strip() else text


def _cause(error: Exception) -> str:
    """The innermost reason: the outer ones say that a task failed, and where."""
    if not isinstance(error, Py4JJavaError):
        return _first(str(error))
    cause = error.java_exception
    while (inner := cause.getCause()) is not None:
        cause = inner
    return _first(str(cause.getMessage() or cause.toString()))
