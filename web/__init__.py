"""The pages of counter, studio and cockpit: Jinja, a little script, Vietnamese first."""
