"""From FEEL text to syntax tree: tokens, names in scope, parser, nodes."""
