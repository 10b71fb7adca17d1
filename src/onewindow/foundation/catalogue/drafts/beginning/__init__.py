"""How an item that has no version yet begins, and how it is listed once it has one."""
