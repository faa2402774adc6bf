"""The benchmarks: the demo's settings, with a database server and folders of their own, so that the demo's data stay.

The server is always the embedded one, never what DATABASE_URL names: ten million invented lines belong nowhere else.
"""

from almoner import embedded
from almoner.settings import environment
from almoner.settings.base import CONN_MAX_AGE
from almoner.settings.base import VAR as OURS_AND_THE_DEMOS
from almoner.settings.database import database
from almoner.settings.demo import *  # noqa: F403

VAR = OURS_AND_THE_DEMOS / "bench"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
EMAIL_FILE_PATH = VAR / "mail"

# It waits for the disk at each commit. Checkpoints are kept out of the measured seconds of both sides alike.
POSTGRES = embedded.Server(VAR / "postgres", options="-c max_wal_size=4GB -c checkpoint_timeout=1h")
# A process that a part starts is told which of its databases to work on.
ADDRESS = environment.text("BENCH_DATABASE_URL", POSTGRES.url("demo", role="almoner_app"))
DATABASES = {"default": database(ADDRESS, conn_max_age=CONN_MAX_AGE)}
