"""Operators on FEEL values: equality, order, membership, arithmetic."""
