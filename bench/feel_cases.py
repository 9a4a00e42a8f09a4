"""Expressions the FEEL bench runs, with one context for all of them."""

from __future__ import annotations

CONTEXT: dict[str, object] = {
    "amount": 1500,
    "status": "open",
    "urgent": False,
    "score": 7,
    "name": "Nguyen Van An",
    "applicant": {"age": 67, "address": {"commune": "P01"}},
    "items": [{"fee": n * 1000, "copies": n % 5} for n in range(1, 51)],
    "codes": ["A", "B", "C", "D"],
}

# The kind says what the expression stands for in a procedure.
CASES: tuple[tuple[str, str], ...] = (
    ("gateway", 'amount > 1000 and status = "open"'),
    ("gateway", "urgent = true or score >= 5"),
    ("gateway", 'applicant.address.commune = "P01"'),
    ("gateway", 'status = "open" and amount >= 100 and amount < 5000'),
    ("gateway", "applicant.age >= 60 and not(urgent)"),
    ("mapping", "amount * 1.1 + 25"),
    ("mapping", 'if amount > 1000 then "large" else "small"'),
    ("mapping", 'substring(name, 1, 6) + "-" + status'),
    ("mapping", "{total: amount * 2, label: status}"),
    ("date", 'date("2026-01-31") + duration("P1M")'),
    ("list", "count(items[fee > 25000])"),
    ("list", "sum(items.fee)"),
    ("list", "for i in items return i.fee * i.copies"),
    ("list", "some i in items satisfies i.fee = 50000"),
    ("list", 'list contains(codes, "C")'),
)
