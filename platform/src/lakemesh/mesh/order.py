"""Who is made before whom, and circles."""

from collections.abc import Iterable, Mapping, Set
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from lakemesh.declare.names import TableName

Edges: TypeAlias = Mapping[TableName, Iterable[TableName]]
"""Each table, and what it needs to be there first."""


def order(reads: Edges, refers: Edges | None = None) -> tuple[TableName, ...]:
    """Tables after what they read; ties by name. Tables of a circle, and what leans on one, are left out.
    A table comes after what its columns refer to, unless that would close a circle."""
    hard = _clean(reads)
    soft = {table: set((refers or {}).get(table, ())) & hard.keys() for table in hard}
    both = {table: needs | soft[table] - {table} for table, needs in hard.items()}
    for knot in map(set, _knots(both)):
        for table in knot:
            both[table] = hard[table] | (both[table] - knot)
    return _sorted(both)


def circles(reads: Edges) -> tuple[tuple[TableName, ...], ...]:
    """One circle for each knot of tables that need each other: each table reads the next, the last reads the first."""
    needs = _clean(reads)
    return tuple(_around(min(knot), set(knot), needs) for knot in _knots(needs))


def _clean(edges: Edges) -> dict[TableName, set[TableName]]:
    """Only edges between tables that are there."""
    there = set(edges)
    return {table: set(needs) & there for table, needs in edges.items()}


def _sorted(needs: Mapping[TableName, Set[TableName]]) -> tuple[TableName, ...]:
    waits = {table: len(inputs) for table, inputs in needs.items()}
    readers: dict[TableName, list[TableName]] = {table: [] for table in needs}
    for table, inputs in needs.items():
        for each in inputs:
            readers[each].append(table)
    free = [table for table, left in waits.items() if not left]
    heapify(free)
    done: list[TableName] = []
    while free:
        table = heappop(free)
        done.append(table)
        for reader in readers[table]:
            waits[reader] -= 1
            if not waits[reader]:
                heappush(free, reader)
    return tuple(done)


def _knots(needs: Mapping[TableName, Set[TableName]]) -> list[tuple[TableName, ...]]:
    """Groups of tables each of which needs all others, in some steps. Alone counts only where it needs itself."""
    reach = {table: _reach(table, needs) for table in needs}
    knots: list[tuple[TableName, ...]] = []
    seen: set[TableName] = set()
    for table in sorted(needs):
        if table in seen or table not in reach[table]:
            continue
        knot = tuple(sorted(other for other in reach[table] if table in reach[other]))
        seen.update(knot)
        knots.append(knot)
    return knots


def _reach(start: TableName, needs: Mapping[TableName, Set[TableName]]) -> set[TableName]:
    """All that `start` needs, over any number of steps."""
    reached: set[TableName] = set()
    todo = list(needs[start])
    while todo:
        table = todo.pop()
        if table not in reached:
            reached.add(table)
            todo.extend(needs[table])
    return reached


def _around(start: TableName, knot: Set[TableName], needs: Mapping[TableName, Set[TableName]]) -> tuple[TableName, ...]:
    """The shortest way from `start` back to itself within its knot."""
    ways: list[tuple[TableName, ...]] = [(start,)]
    seen: set[TableName] = set()
    for way in ways:
        for each in sorted(needs[way[-1]] & knot):
            if each == start:
                return way
            if each not in seen:
                seen.add(each)
                ways.append((*way, each))
    return (start,)
