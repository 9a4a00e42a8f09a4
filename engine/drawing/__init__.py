"""Diagrams as SVG, drawn by the server from the diagram interchange of a BPMN file.

Colours come from classes, so the page's style sheet decides them and no inline
style is needed; a file without drawing gives None, never an invented layout.
"""

from engine.drawing.draw import draw
from engine.drawing.scene import Scene, read_scene

__all__ = ["Scene", "draw", "read_scene"]
