"""The ledger: every move of every subject, chained, sealed and verifiable. See README.md."""
