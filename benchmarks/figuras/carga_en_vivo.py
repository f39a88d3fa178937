"""Cargar un libro grande con la oficina abierta: qué le cuesta al servidor, a quien mira y a quien guarda mientras tanto."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente, Fallo, Respuesta
from benchmarks.instituciones import GRANDE
from benchmarks.libro_grande import clave_de, write_libro
from benchmarks.servidores import Servidor, servidor

MS_DE_LECTURA, SEGUNDOS_DE_ESCRITURA, MEGAS_DE_MAS = 300.0, 5.0, 50.0
"""Lo que tarda una página (p95), lo más que tarda en guardarse algo que se guarda, y lo que puede crecer el servidor."""

COLUMNAS = 20
PACIENCIA = 900.0
_FRONTERA = "----medidas-ipomex"


def medir(banco: Banco) -> None:
    with TemporaryDirectory(dir=banco.carpeta) as temporal:
        datos = Path(temporal)
        banco.correr("benchmarks.libro_grande", temporal)
        libro = datos / "libro.xlsx"
        write_libro(libro, banco.plan.renglones_de_libro, COLUMNAS)
        with servidor(datos) as uno:
            _medir(banco, uno, libro)


def _medir(banco: Banco, uno: Servidor, libro: Path) -> None:
    lista = f"/ipo/f/{clave_de(COLUMNAS)}/"
    quien, mira, escribe = (uno.cliente().entrar(f"unidad.{GRANDE}") for _ in range(3))
    for _ in range(5):
        mira.ver(lista)  # lo que el servidor carga una sola vez no es de la carga
    quien.ver(f"{lista}cargar")
    mirada, escritura = Visita(lambda: mira.pedir(lista)), Visita(lambda: _guardar(escribe, lista))
    antes, maximo = uno.memoria(), [0.0]
    with _a_la_vez(mirada.repeat, escritura.repeat, lambda parar: _weigh(uno, maximo, parar)):
        inicio = time.perf_counter()
        folio = _subir(quien, lista, libro)
        revisado = _esperar(quien, folio, "revisada")
        confirmar = time.perf_counter()
        quien.pedir(f"{folio}/confirmar", {**quien.ficha(folio), "solo_buenos": "no"})
        _esperar(quien, folio, "cargada")
        fin = time.perf_counter()
    medida = {"filas": banco.plan.renglones_de_libro, "columnas": COLUMNAS, "segundos": fin - inicio,
              "cargar": fin - confirmar, "revisar": revisado - inicio}
    completo = banco.plan.es_completo
    banco.libreta.anotar("carga_en_vivo_lecturas_p95", mirada.p95, "ms", MS_DE_LECTURA if completo else None,
                         veces=len(mirada.ms), peor=max(mirada.ms), errores=mirada.count(lambda r: r.estado != 200), **medida)
    guardadas = [respuesta.ms for respuesta in escritura.respuestas if respuesta.estado == 302]
    banco.libreta.anotar("carga_en_vivo_escritura_peor", max(guardadas, default=0.0) / 1000, "s", SEGUNDOS_DE_ESCRITURA,
                         veces=len(guardadas), ocupado=escritura.count(lambda r: r.estado == 503))
    perdidas = escritura.count(lambda r: r.estado not in (302, 503) or (r.estado == 503 and TEXTO not in r.cuerpo))
    banco.libreta.anotar("carga_en_vivo_escrituras_perdidas", perdidas, "veces", 0, veces=len(escritura.ms))
    banco.libreta.anotar("carga_en_vivo_memoria_del_servidor", maximo[0] - antes, "MB", MEGAS_DE_MAS, antes=antes,
                         maximo=maximo[0])


TEXTO = "Guardado mientras alguien carga"


@dataclass
class Visita:
    """Algo que una persona repite mientras tanto, y lo que tardó cada vez (milisegundos)."""

    hacer: Callable[[], Respuesta]
    respuestas: list[Respuesta] = field(default_factory=list)

    def repeat(self, parar: threading.Event) -> None:
        while not parar.wait(0.05):
            self.respuestas.append(self.hacer())

    @property
    def ms(self) -> list[float]:
        return [respuesta.ms for respuesta in self.respuestas] or [0.0]

    @property
    def p95(self) -> float:
        return sorted(self.ms)[int(len(self.ms) * 0.95)]

    def count(self, cuales: Callable[[Respuesta], bool]) -> int:
        return sum(1 for respuesta in self.respuestas if cuales(respuesta))


def _guardar(cliente: Cliente, lista: str) -> Respuesta:
    """Captura un registro; da lo que contestó el envío."""
    ficha = cliente.ficha(f"{lista}nuevo")
    return cliente.pedir(f"{lista}nuevo", {**ficha, "ejercicio": "2026", "periodo": "T1",
                                           "contrato": f"Mano {time.time_ns()}", "nota": TEXTO})


def _subir(cliente: Cliente, lista: str, libro: Path) -> str:
    """Sube el libro como lo haría el navegador; da la dirección de su carga."""
    ficha = cliente.ficha(f"{lista}cargar")
    partes = [f'--{_FRONTERA}\r\nContent-Disposition: form-data; name="{nombre}"\r\n\r\n{valor}\r\n'.encode()
              for nombre, valor in ficha.items()]
    partes += [f'--{_FRONTERA}\r\nContent-Disposition: form-data; name="libro"; filename="{libro.name}"\r\n'.encode(),
               b"Content-Type: application/octet-stream\r\n\r\n", libro.read_bytes(), f"\r\n--{_FRONTERA}--\r\n".encode()]
    cliente.conexion.request("POST", f"{lista}cargar", b"".join(partes), {
        "Cookie": "; ".join(f"{n}={v}" for n, v in cliente.cookies.items()),
        "Content-Type": f"multipart/form-data; boundary={_FRONTERA}"})
    respuesta = cliente.conexion.getresponse()
    cuerpo = respuesta.read().decode()
    if respuesta.status != 302:
        raise Fallo(f"No se recibió el libro: {respuesta.status} {cuerpo[:500]}")
    return str(respuesta.headers["Location"])


def _esperar(cliente: Cliente, folio: str, situacion: str) -> float:
    """Espera a que la carga llegue ahí; da el instante."""
    fin = time.monotonic() + PACIENCIA
    while time.monotonic() < fin:
        dicho = json.loads(cliente.ver(f"{folio}/estado").cuerpo)
        if dicho["estado"] == situacion:
            return time.perf_counter()
        if dicho["estado"] != "en_curso" and not (situacion == "cargada" and dicho["estado"] == "revisada"):
            raise Fallo(f"La carga quedó {dicho}")
        time.sleep(0.2)
    raise Fallo(f"La carga no llegó a {situacion}")


def _weigh(uno: Servidor, maximo: list[float], parar: threading.Event) -> None:
    while not parar.wait(0.1):
        maximo[0] = max(maximo[0], uno.memoria())


@contextmanager
def _a_la_vez(*tareas: Callable[[threading.Event], None]) -> Iterator[None]:
    """Lo que hacen otras personas mientras dura el bloque."""
    parar = threading.Event()
    hilos = [threading.Thread(target=tarea, args=(parar,)) for tarea in tareas]
    for hilo in hilos:
        hilo.start()
    try:
        yield
    finally:
        parar.set()
        for hilo in hilos:
            hilo.join()
