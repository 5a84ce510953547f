"""The kinds of sources: one for each module, each with a `KIND`."""
