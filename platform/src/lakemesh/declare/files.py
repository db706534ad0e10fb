"""A file of the tree as text."""

from pathlib import Path

from lakemesh.errors import Mistake, Mistakes

LARGEST = 4_000_000


def text_of(root: Path, path: str) -> str:
    """What the file says. Raises Mistakes where it is not there, or not text in UTF-8."""
    file = root / path
    try:
        if file.stat().st_size > LARGEST:
            raise Mistakes(
                Mistake(
                    path,
                    0,
                    0,
                    f"the file is larger than {LARGEST // 1_000_000} MB",
                    "say it shorter: a declaration fits one screen",
                )
            )
        data = file.read_bytes()
    except FileNotFoundError:
        raise Mistakes(
            Mistake(path, 0, 0, "this file is missing", "write it: docs/reference/words.md says what may stand in it")
        ) from None
    except OSError as error:
        raise Mistakes(
            Mistake(path, 0, 0, f"this file cannot be read: {error.strerror}", "make it a readable file")
        ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        what = (
            "the file is UTF-16"
            if data[:2] in (b"\xff\xfe", b"\xfe\xff")
            else f"byte {data[error.start]:#04x} is not UTF-8"
        )
        raise Mistakes(Mistake(path, line, column, what, "save the file as UTF-8 text")) from None
