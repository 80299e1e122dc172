"""`make bench`: speed against the budgets, each measured beside its reference in one run."""
