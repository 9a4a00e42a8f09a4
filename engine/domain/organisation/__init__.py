"""Units of the two-tier local government since 1 July 2025, as data with validity."""

from engine.domain.organisation.units import Unit, Units, read_units

__all__ = ["Unit", "Units", "read_units"]
