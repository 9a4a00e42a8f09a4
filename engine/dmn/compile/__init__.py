"""From ``Definitions`` to closures: every text is compiled once, when the model is loaded."""
