"""The processes of a running installation and the one that minds them. See README.md."""
