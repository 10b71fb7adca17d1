"""The database the centre runs on: the embedded PostgreSQL's life, and the checks any server must pass.

    with Cluster(Path("var/database")) as cluster:
        psycopg.connect(cluster.dsn("app"))

An installation that brings its own PostgreSQL sets `DATABASE_URL`; `endpoints()` reads it and
`check_server()` says, in a sentence, whether that server will do.
"""

from onewindow.kernel.cluster.checks import ServerFacts, check_server
from onewindow.kernel.cluster.dsn import Endpoints, Target, endpoints, parse
from onewindow.kernel.cluster.lifecycle import Address, Cluster, temporary_cluster
from onewindow.kernel.cluster.roles import APP, DATABASE, OWNER, SUPERUSER, equip

__all__ = [
    "APP",
    "DATABASE",
    "OWNER",
    "SUPERUSER",
    "Address",
    "Cluster",
    "Endpoints",
    "ServerFacts",
    "Target",
    "check_server",
    "endpoints",
    "equip",
    "parse",
    "temporary_cluster",
]
