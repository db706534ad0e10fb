"""What must hold between files: one rule, one file. Each looks at a View and tells what is wrong."""
