"""Bodies of commands."""
