"""The figures of one round, as pure functions of its facts. Definitions: docs/figures.md."""
