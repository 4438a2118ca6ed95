"""Nodes that need something of their own: more cores, or other workers."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from .._graph.nodes import Nodes
from .library import Libraries, LibraryWishes


def classes_of(nodes: Nodes, libraries: Libraries, library: LibraryWishes) -> tuple[list[str], array[int] | None]:
    """Keys of libraries, the first for most nodes; and which of them each node has, where some have another."""
    keys = [libraries.key_of(library)]
    told = nodes.annotations
    resources, workers, others = (told.get(name, {}) for name in ("resources", "workers", "allow_other_workers"))
    if not resources and not workers:
        return keys, None
    classes = array("i", bytes(4 * len(nodes.keys)))
    known: dict[Any, int] = {}
    for key in {**resources, **workers}:
        number = nodes.number.get(key)
        if number is None:
            continue
        given = resources.get(key)
        own = given if isinstance(given, Mapping) else {}
        places = (names_of(workers.get(key)), bool(others.get(key)))
        what = (repr(sorted(own.items())), places)
        if what not in known:
            known[what] = len(keys)
            keys.append(libraries.key_of(_special(library, own, *places)))
        classes[number] = known[what]
    return keys, classes


def _special(
    library: LibraryWishes, resources: Mapping[str, Any], workers: tuple[str, ...], elsewhere: bool
) -> LibraryWishes:
    wishes = library.with_resources(resources) if resources else library
    return wishes.at_workers(workers, elsewhere) if workers else wishes


def names_of(workers: Any) -> tuple[str, ...]:
    """Names or hosts: one, or several; addresses as Dask's own scheduler writes them are hosts."""
    if workers is None or callable(workers):
        return ()
    several = workers if isinstance(workers, (list, tuple, set, frozenset)) else [workers]
    return tuple(sorted({_without_port(str(one)) for one in several}))


def _without_port(name: str) -> str:
    name = name.rpartition("://")[2]
    host, colon, port = name.rpartition(":")
    return host if colon and port.isdigit() and ":" not in host else name
