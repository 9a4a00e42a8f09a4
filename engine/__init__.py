"""The process engine and the domain of one-stop counters; it knows no HTTP."""
