"""The wiring: builds the engine from settings by plain constructor calls."""
