"""Avro files as they are: every value read by the file's own schema, and written back with nothing else changed."""

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

MAGIC = b"Obj\x01"
Value: TypeAlias = "bool | int | float | bytes | str | list[Value] | dict[str, Value] | tuple[int, Value] | None"
Kind: TypeAlias = "str | list[Kind] | dict[str, object]"
_META: Kind = {"type": "map", "values": "bytes"}
Change: TypeAlias = Callable[[str, "Value"], "Value"]
"""The name of a record's field and its value -> what stands there instead."""


@dataclass(frozen=True, slots=True)
class Container:
    """A whole file: what its head says, and its records."""

    meta: dict[str, bytes]
    sync: bytes
    records: list[Value]


def read(data: bytes) -> Container:
    """Raises ValueError where it is torn, or no Avro."""
    if not data.startswith(MAGIC):
        raise ValueError("it is no Avro file")
    stream = BytesIO(data[4:])
    try:
        meta = {str(name): bytes(value) for name, value in _map(_get(stream, _META)).items()}  # type: ignore[arg-type]
        sync = _exactly(stream, 16)
        kind = _named(json.loads(meta["avro.schema"]))
        records: list[Value] = []
        while stream.tell() < len(data) - 4:
            count, size = _long(stream), _long(stream)
            block = _exactly(stream, size)
            if meta.get("avro.codec") == b"deflate":
                block = zlib.decompress(block, -15)
            if _exactly(stream, 16) != sync:
                raise ValueError("a block does not end as the head says")
            inner = BytesIO(block)
            records += [_get(inner, kind) for _ in range(count)]
    except (KeyError, IndexError, struct.error, zlib.error, TypeError) as error:
        raise ValueError(f"it is torn: {error}") from error
    return Container(meta, sync, records)


def changed(data: bytes, change: Change) -> bytes:
    """The same file, with every field of every record as `change` says."""
    found = read(data)
    kind = _named(json.loads(found.meta["avro.schema"]))
    inner = BytesIO()
    for record in found.records:
        _put(inner, kind, _walk(record, change))
    block = inner.getvalue()
    if found.meta.get("avro.codec") == b"deflate":
        compressor = zlib.compressobj(wbits=-15)
        block = compressor.compress(block) + compressor.flush()
    out = BytesIO()
    out.write(MAGIC)
    _put(out, _META, dict(found.meta))
    out.write(found.sync)
    if found.records:
        _put_long(out, len(found.records))
        _put_long(out, len(block))
        out.write(block + found.sync)
    return out.getvalue()


def _walk(value: Value, change: Change) -> Value:
    if isinstance(value, dict):
        return {name: change(name, _walk(inner, change)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_walk(inner, change) for inner in value]
    if isinstance(value, tuple):
        return value[0], _walk(value[1], change)
    return value


def _named(kind: Kind, known: dict[str, Kind] | None = None) -> Kind:
    """The schema, with each name that is said again in place of what it stands for."""
    known = {} if known is None else known
    if isinstance(kind, str):
        return known.get(kind, kind)
    if isinstance(kind, list):
        return [_named(inner, known) for inner in kind]
    made = dict(kind)
    if "name" in made and made.get("type") in ("record", "fixed", "enum"):
        known[str(made["name"])] = made
    for word in ("type", "items", "values"):
        if isinstance(made.get(word), (dict, list)) or made.get(word) in known:
            made[word] = _named(made[word], known)  # type: ignore[arg-type]
    if isinstance(fields := made.get("fields"), list):
        made["fields"] = [{**field, "type": _named(field["type"], known)} for field in fields]
    return made


def _get(stream: BytesIO, kind: Kind) -> Value:
    if isinstance(kind, list):
        at = _long(stream)
        return at, _get(stream, kind[at])
    if isinstance(kind, dict):
        return _get_made(stream, kind)
    match kind:
        case "null":
            return None
        case "boolean":
            return _exactly(stream, 1) == b"\x01"
        case "int" | "long":
            return _long(stream)
        case "float":
            return float(struct.unpack("<f", _exactly(stream, 4))[0])
        case "double":
            return float(struct.unpack("<d", _exactly(stream, 8))[0])
        case "bytes":
            return _exactly(stream, _long(stream))
        case "string":
            return _exactly(stream, _long(stream)).decode()
    raise ValueError(f"it has values of a kind {kind}")


def _get_made(stream: BytesIO, kind: dict[str, object]) -> Value:
    match kind["type"]:
        case "record":
            return {field["name"]: _get(stream, field["type"]) for field in kind["fields"]}  # type: ignore[attr-defined]
        case "array":
            return [_get(stream, kind["items"]) for _ in _Counted(stream)]  # type: ignore[arg-type]
        case "map":
            return {str(_get(stream, "string")): _get(stream, kind["values"]) for _ in _Counted(stream)}  # type: ignore[arg-type]
        case "fixed":
            return _exactly(stream, int(str(kind["size"])))
        case "enum":
            return _long(stream)
        case inner:
            return _get(stream, inner)  # type: ignore[arg-type]


class _Counted:
    """As many turns as the blocks of an array or a map say."""

    def __init__(self, stream: BytesIO) -> None:
        self._stream, self._left = stream, 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> int:
        if not self._left:
            self._left = _long(self._stream)
            if self._left < 0:
                self._left = -self._left
                _long(self._stream)
            if not self._left:
                raise StopIteration
        self._left -= 1
        return self._left


def _put(out: BytesIO, kind: Kind, value: Value) -> None:
    if isinstance(kind, list):
        assert isinstance(value, tuple)
        _put_long(out, value[0])
        _put(out, kind[value[0]], value[1])
    elif isinstance(kind, dict):
        _put_made(out, kind, value)
    elif kind == "boolean":
        out.write(b"\x01" if value else b"\x00")
    elif kind in ("int", "long"):
        _put_long(out, value)  # type: ignore[arg-type]
    elif kind in ("float", "double"):
        out.write(struct.pack("<f" if kind == "float" else "<d", value))
    elif kind in ("bytes", "string"):
        data = value.encode() if isinstance(value, str) else bytes(value)  # type: ignore[arg-type]
        _put_long(out, len(data))
        out.write(data)


def _put_made(out: BytesIO, kind: dict[str, object], value: Value) -> None:
    match kind["type"]:
        case "record":
            for field in kind["fields"]:  # type: ignore[attr-defined]
                _put(out, field["type"], _map(value)[field["name"]])
        case "array":
            assert isinstance(value, list)
            if value:
                _put_long(out, len(value))
            for item in value:
                _put(out, kind["items"], item)  # type: ignore[arg-type]
            _put_long(out, 0)
        case "map":
            if value:
                _put_long(out, len(_map(value)))
            for name, item in _map(value).items():
                _put(out, "string", name)
                _put(out, kind["values"], item)  # type: ignore[arg-type]
            _put_long(out, 0)
        case "fixed":
            out.write(bytes(value))  # type: ignore[arg-type]
        case "enum":
            _put_long(out, value)  # type: ignore[arg-type]
        case inner:
            _put(out, inner, value)  # type: ignore[arg-type]


def _map(value: Value) -> dict[str, Value]:
    assert isinstance(value, dict)
    return value


def _exactly(stream: BytesIO, size: int) -> bytes:
    data = stream.read(size)
    if size < 0 or len(data) != size:
        raise ValueError("it ends in the middle")
    return data


def _long(stream: BytesIO) -> int:
    shift = number = 0
    while True:
        byte = _exactly(stream, 1)[0]
        number |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return (number >> 1) ^ -(number & 1)
        shift += 7


def _put_long(out: BytesIO, value: int) -> None:
    number = (value << 1) ^ (value >> 63)
    while number > 0x7F:
        out.write(bytes([(number & 0x7F) | 0x80]))
        number >>= 7
    out.write(bytes([number]))
