"""How tables stay small: what may go, what must stay, and how it goes without breaking a reader."""
