"""What users say of parts of their graphs with `dask.annotate`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: By name, then by key.
Annotations = dict[str, dict[Any, Any]]


def plain_graph(graph: Any) -> tuple[Mapping[Any, Any], Annotations]:
    """A mapping of keys to nodes, and the annotations, of whatever Dask hands to a scheduler."""
    if not isinstance(graph, Mapping):
        told: Annotations = {name: dict(values) for name, values in graph.__dask_annotations__().items()}
        inner, more = plain_graph(graph.__dask_graph__())
        for name, values in more.items():
            told[name] = {**values, **told.get(name, {})}
        return inner, told
    layers = getattr(graph, "layers", None)
    if layers is None:
        return graph, {}
    annotations: Annotations = {}
    for layer in layers.values():
        if getattr(layer, "annotations", None):
            for key, name, value in _of_layer(layer):
                annotations.setdefault(name, {})[key] = value
    return dict(graph), annotations


def _of_layer(layer: Any) -> Iterator[tuple[Any, str, Any]]:
    for key in layer:
        for name, value in layer.annotations.items():
            if callable(value):
                yield key, name, value(key)
            elif isinstance(value, dict) and "__expanded_annotations__" in value:
                yield key, name, value.get(key)
            else:
                yield key, name, value


def number_of(value: Any) -> float | None:
    """What is no number says nothing: layers of Dask's own have notes for its other scheduler."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
