"""Syntax trees compiled once to closures: ``core`` has the entry, the others the nodes."""
