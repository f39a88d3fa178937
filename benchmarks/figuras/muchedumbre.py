"""Doscientos lectores en el portal y veinte personas capturando, a la vez: nadie recibe un error y nadie espera de más."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente
from benchmarks.instituciones import siglas_de
from benchmarks.multitud import press
from benchmarks.renglones import CLAVE, LUGARES
from benchmarks.servidores import Servidor, servidor

LECTORES, ESCRITORES = 200, 20
P95, MEMORIA = 600.0, 300.0
VISITADAS = 40
"""Instituciones entre las que se reparten los lectores."""

DESCANSO = 0.5
"""Segundos que una persona deja pasar entre guardar un registro y empezar otro."""


@dataclass
class Escritor:
    """Alguien de la oficina que captura sin parar; ``guardados`` y ``fallas``, lo que le contestaron."""

    cliente: Cliente
    guardados: int = 0
    fallas: list[str] = field(default_factory=list)

    def repeat(self, parar: threading.Event) -> None:
        nuevo = f"/ipo/f/{CLAVE}/nuevo"
        while not parar.wait(DESCANSO):
            try:
                ficha = self.cliente.ficha(nuevo)
                datos = {"ejercicio": "2026", "periodo": "T1", "nota": "Se capturó mientras muchas personas consultaban."}
                respuesta = self.cliente.pedir(nuevo, {**ficha, **datos})
            except Exception as error:
                self.fallas.append(repr(error))
                return
            if respuesta.estado == 302:
                self.guardados += 1
            else:
                self.fallas.append(f"{respuesta.estado}: {respuesta.cuerpo[:200]}")


def medir(banco: Banco) -> None:
    datos = banco.base(banco.plan.filas)
    with servidor(datos) as uno:
        cuantas = min(banco.plan.instituciones, VISITADAS)
        escritores = _hire(uno, min(banco.plan.instituciones, ESCRITORES))
        parar = threading.Event()
        hilos = [threading.Thread(target=escritor.repeat, args=(parar,)) for escritor in escritores]
        for hilo in hilos:
            hilo.start()
        try:
            cuenta = press(uno.puerto, list_rutas(cuantas), LECTORES, banco.plan.muchedumbre, "Accept-Encoding: gzip\r\n")
        finally:
            parar.set()
            for hilo in hilos:
                hilo.join()
        fallas = [*cuenta.fallas, *(falla for escritor in escritores for falla in escritor.fallas)]
        banco.libreta.anotar("muchedumbre_errores", len(fallas), "veces", 0, ejemplos=fallas[:3], lecturas=len(cuenta.ms),
                             guardados=sum(escritor.guardados for escritor in escritores))
        banco.libreta.anotar("muchedumbre_lecturas_p95", cuenta.p95, "ms", P95, mediana=cuenta.mediana,
                             lecturas_por_segundo=cuenta.por_segundo, lectores=LECTORES, escritores=len(escritores),
                             segundos=cuenta.segundos)
        banco.libreta.anotar("muchedumbre_memoria", uno.memoria(), "MB", MEMORIA)


def list_rutas(instituciones: int) -> Sequence[str]:
    """Lo que se mira: la portada, y de cada institución su página, su formato, un año y un periodo."""
    anios = sorted({ejercicio for ejercicio, _ in LUGARES})
    suyas = [f"/{siglas_de(n)}/{resto}" for n in range(1, instituciones + 1)
             for resto in ("", f"{CLAVE}/", f"{CLAVE}/{anios[0]}/", f"{CLAVE}/{anios[-1]}/?periodo=T1")]
    return ["/", "/instituciones", *suyas]


def _hire(uno: Servidor, cuantos: int) -> list[Escritor]:
    """Una persona de cada institución, ya adentro."""
    escritores = []
    for n in range(1, cuantos + 1):
        escritores.append(Escritor(uno.cliente().entrar(f"unidad.{siglas_de(n)}")))
    return escritores
