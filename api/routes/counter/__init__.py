"""The counter API; changes additively only."""
