"""今天的中心: what whoever leads the centre sees when they open it."""
