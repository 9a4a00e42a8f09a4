"""Examinations of a database: chains, seals, the rows they lead to, settings."""
