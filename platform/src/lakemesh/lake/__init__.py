"""What lies there: tables, commits, ledgers, landing files. pyiceberg lives here. No SQL, no engine."""
