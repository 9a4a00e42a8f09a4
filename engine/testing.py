"""Clock and driver that we ship for tests."""
