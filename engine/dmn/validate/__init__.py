"""Findings about a model that loads: what an analyst should look at before it is deployed."""
