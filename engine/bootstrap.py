"""The wiring: builds the engine from settings by plain constructor calls.

Nothing here opens a connection or starts a thread: a server builds the engine
before it forks and uses it after.
"""
