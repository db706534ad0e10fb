"""What runs SQL. Knows no contract, no ledger, no run."""
