"""Routes: at most ten lines each, from a checked body to a command or a search."""
