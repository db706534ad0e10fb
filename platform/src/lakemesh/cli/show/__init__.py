"""What a person sees: events, rows and mistakes as text, bars or JSON."""
