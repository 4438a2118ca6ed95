"""One graph on its way."""
