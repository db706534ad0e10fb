"""What the declarations mean together. Asks the Tree for tables; opens no file, no lake, no engine."""
