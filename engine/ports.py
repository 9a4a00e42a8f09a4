"""Roles the engine plays against: Protocols without implementation."""
