"""The register of applicants: found, compared side by side, merged where two records are of one, and apart again."""
