"""Decisions: DMN 1.1 to 1.5 files loaded once, evaluated many times, every evaluation traced.

A pure library over ``engine.feel``. A file that cannot be understood in every
cell is refused with element ids and lines; nothing in it is ever skipped.
"""
