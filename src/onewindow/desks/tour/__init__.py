"""跟着一件事走一遍: a visitor of the demonstration does everything once, in four stops."""
