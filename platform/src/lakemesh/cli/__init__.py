"""Commands: the only place that prints, reads the environment, and imports late."""
