"""What a run does, in order. All comes in as arguments: nothing here opens, prints, or reads the environment."""
