"""How the installation itself is: what works, what falls behind, and what to do about it."""
