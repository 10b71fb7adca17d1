"""Which gateway carries this installation's messages, and how many wait for one."""
