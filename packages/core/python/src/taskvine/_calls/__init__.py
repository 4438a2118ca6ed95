"""From functions and arguments to bytes, and from answers to futures."""
