"""The contract of every route as marshmallow schemas: documents, checks and tests use them."""
