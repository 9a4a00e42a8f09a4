"""The engine API, shaped as the Orchestration Cluster API of Camunda 8."""
