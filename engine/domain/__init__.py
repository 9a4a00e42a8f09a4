"""Pure rules and values of the domain; no database, no HTTP, no BPMN library."""
