"""A district's folder: read and checked whole, compared with what stands, and loaded through everybody's actions."""
