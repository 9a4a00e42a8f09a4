"""The process runtime: the only importer of SpiffWorkflow."""

from engine.runtime.runtime import SpiffRuntime

__all__ = ["SpiffRuntime"]
