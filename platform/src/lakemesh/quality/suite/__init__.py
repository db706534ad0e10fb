"""The rules of one table: asked together, told in sentences."""
