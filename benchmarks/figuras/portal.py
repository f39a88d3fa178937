"""El portal: lo que tarda la página de un formato, lo que crece con cien veces más registros, y la memoria al final."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from statistics import median

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente
from benchmarks.figuras.oficina import LISTA
from benchmarks.instituciones import GRANDE, MEDIANA
from benchmarks.medidor import turnar
from benchmarks.renglones import CLAVE, LUGARES
from benchmarks.servidores import Servidor, servidor

MS, CRECE, MEMORIA = 10.0, 1.3, 250.0
SIN_RECORDAR = {"IPOMEX_RECUERDO": "0"}
"""Se mide lo que cuesta pintar cada página, no darla otra vez."""

PERSONAS = 8

REGISTRO = "el registro más nuevo"
"""Su dirección es otra en cada base: se busca al medir."""

PAGINAS = {
    "inicio": "/",
    "instituciones": "/instituciones",
    "cambios": "/cambios",
    "cambios_de_la_institucion": f"/{GRANDE}/cambios",
    "informacion": f"/informacion/{CLAVE}/",
    "registro": REGISTRO,
    "institucion": f"/{GRANDE}/",
    "formato_grande": f"/{GRANDE}/{CLAVE}/",
    "formato_mediana": f"/{MEDIANA}/{CLAVE}/",
    "formato_ejercicio_viejo": f"/{GRANDE}/{CLAVE}/{LUGARES[0][0]}/",
    "formato_por_periodo": f"/{GRANDE}/{CLAVE}/{LUGARES[-1][0]}/?periodo=T1",
}


SIN_LIMITE = frozenset({"inicio", "instituciones", "cambios", "cambios_de_la_institucion", "informacion"})
"""Enseñan a todas las instituciones, o lo de todas: se les pide no crecer."""


def medir(banco: Banco) -> None:
    """Cada página se pide por turnos a los dos servidores; el tiempo es el de su propia bitácora."""
    muchas, medianas = banco.base(banco.plan.filas), banco.base(banco.plan.medianas)
    with ExitStack() as pila:
        con_muchas = pila.enter_context(servidor(muchas, **SIN_RECORDAR))
        con_medianas = con_muchas if medianas == muchas else pila.enter_context(servidor(medianas, **SIN_RECORDAR))
        for nombre, ruta in PAGINAS.items():
            if ruta != REGISTRO and con_muchas.cliente().pedir(ruta).estado != 200:
                continue
            _comparar(banco, nombre, ruta, con_muchas, con_medianas)
        _medir_memoria(banco, con_muchas)


def _comparar(banco: Banco, nombre: str, ruta: str, con_muchas: Servidor, con_medianas: Servidor) -> None:
    una, otra = con_muchas.cliente(), con_medianas.cliente()
    rutas = {"muchas": _resolve(ruta, una), "medianas": _resolve(ruta, otra)}
    pedidas: dict[str, list[str]] = {"muchas": [], "medianas": []}

    def pedir(cual: str, cliente: Cliente) -> float:
        respuesta = cliente.ver(rutas[cual])
        pedidas[cual].append(respuesta.peticion)
        return respuesta.ms

    por_red = turnar({"muchas": lambda: pedir("muchas", una), "medianas": lambda: pedir("medianas", otra)},
                     banco.plan.vueltas)
    dichos = {"muchas": con_muchas.ms_por_peticion(), "medianas": con_medianas.ms_por_peticion()}
    ms = {cual: median(dichos[cual][peticion] for peticion in suyas[-banco.plan.vueltas:]) for cual, suyas in pedidas.items()}
    procesador = con_muchas.cpu_por_vez(lambda: una.ver(rutas["muchas"]), banco.plan.vueltas)
    limite = None if nombre in SIN_LIMITE else MS
    banco.libreta.anotar(f"portal_{nombre}_ms", ms["muchas"], "ms", limite, ms_por_red=por_red["muchas"],
                         ms_de_procesador=procesador, filas=banco.plan.filas)
    banco.libreta.anotar(f"portal_{nombre}_crece", ms["muchas"] / ms["medianas"], "veces", CRECE,
                         ms_con_muchas=ms["muchas"], ms_con_medianas=ms["medianas"], medianas=banco.plan.medianas)


def _resolve(ruta: str, cliente: Cliente) -> str:
    if ruta != REGISTRO:
        return ruta
    [folio] = re.findall(r'data-folio="(\w+)"', cliente.ver(PAGINAS["formato_grande"]).cuerpo)[:1]
    return f"/{GRANDE}/{CLAVE}/r/{folio}"


def _medir_memoria(banco: Banco, uno: Servidor) -> None:
    """Ocho personas a la vez, la mitad en la oficina, y después la memoria del proceso que sirvió."""
    oficina = [uno.cliente().entrar(f"unidad.{GRANDE}") for _ in range(PERSONAS // 2)]
    turnos = [(cliente, LISTA) for cliente in oficina]
    turnos += [(uno.cliente(), PAGINAS["formato_grande"]) for _ in range(PERSONAS - len(oficina))]
    with ThreadPoolExecutor(PERSONAS) as personas:
        list(personas.map(lambda turno: [turno[0].ver(turno[1]) for _ in range(banco.plan.peticiones)], turnos))
    banco.libreta.anotar("memoria_del_servidor", uno.memoria(), "MB", MEMORIA, con_trabajador=uno.memoria(con_hijos=True),
                         personas=PERSONAS)
