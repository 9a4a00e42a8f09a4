"""From XML to ``Definitions``: structure and references are checked here, FEEL texts are not."""
