"""Engine.execute: one transaction per command. Only this module commits."""
