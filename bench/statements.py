"""SQL statements per request, counted inside one process with the same engine and routes.

``BEGIN`` and ``COMMIT`` are not counted: every command has one of each.
"""
