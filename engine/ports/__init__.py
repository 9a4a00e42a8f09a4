"""Roles the engine plays against: Protocols and the values that pass through them."""
