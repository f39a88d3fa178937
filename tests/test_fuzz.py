"""Miles de peticiones disparatadas, como todas las personas de Metepec, con su sesión y su testigo.

Ni una falla nuestra, ni una fila de Toluca distinta, y las cuentas cuadran. ``FUZZ=20000`` hace más; ``FUZZ_SEMILLA=7``, otras.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from flask_login import current_user

from models.domain.borradores import DeQue, save_borrador
from models.folios import a_folio
from tests.azar import Azar, Peticion
from tests.cargador import subir as subir_libro
from tests.cliente import Sitio, Visitante
from tests.cuadre import cuadra, integro
from tests.elenco import Persona
from tests.escenario import escribir, observar, publicar, sembrar
from tests.retrato import retratar

pytest_plugins = "tests.sitio"

CUANTAS = int(os.environ.get("FUZZ", "3000"))
SEMILLA = int(os.environ.get("FUZZ_SEMILLA", "2004"))
DE_ADENTRO = 0.4
"""Cuando menos, esta parte llega hasta su pantalla con sesión y testigo válidos: las demás no prueban gran cosa."""


def test_nada_tira_el_sistema_ni_toca_lo_ajeno(sitio: Sitio) -> None:
    disparar(sitio, CUANTAS)


def test_tampoco_en_postgresql(sitio_pg: Sitio) -> None:
    disparar(sitio_pg, max(500, CUANTAS // 6))


def disparar(sitio: Sitio, cuantas: int) -> None:
    casa, azar = sitio.casa, Azar(SEMILLA, sitio, folios_de(sitio))
    gente = [casa.laura, casa.laura, casa.julieta, casa.julieta, casa.beto, casa.ernesto, casa.nadia, casa.gabriela]
    antes, codigos = retratar(casa.toluca.id), Counter[int]()
    with contar_las_de_adentro(sitio) as adentro:
        for numero in range(cuantas):
            persona = azar.azar.choice(gente)
            visitante = sitio.anonimo() if azar.azar.random() < 0.06 else sitio.de(persona)
            peticion = azar.peticion(persona)
            codigo = mandar(visitante, peticion, revisar=numero % 12 == 0)
            assert codigo < 500, f"{codigo} en la {numero} (semilla {SEMILLA}): {persona.usuario.usuario} {peticion}"
            codigos[codigo] += 1
    assert retratar(casa.toluca.id) == antes, "cambió una fila de Toluca"
    cuadra(sitio.base)
    integro(sitio.base)
    assert adentro.total() >= DE_ADENTRO * cuantas, adentro
    esperados = {200, 302, 400, 404, 422} | ({409} if cuantas >= 2000 else set())
    assert esperados <= codigos.keys() and len(adentro) > 15, (codigos, adentro)


def mandar(visitante: Visitante, peticion: Peticion, revisar: bool) -> int:
    visitante.texto_ajeno, visitante.revisa = True, revisar
    if peticion.metodo == "POST":
        pagina = visitante.post(peticion.ruta, peticion.datos, ficha=peticion.con_testigo, query_string=peticion.consulta)
    else:
        pagina = visitante.pedir(peticion.metodo, peticion.ruta, query_string=peticion.consulta)
    return pagina.codigo


def folios_de(sitio: Sitio) -> dict[str, list[str]]:
    """De registros, archivos, lotes y trabajos de las dos instituciones, en varios estados."""
    casa, folios = sitio.casa, defaultdict[str, list[str]](list)
    for quien in (casa.julieta, casa.laura, casa.ines):
        borrador = save_borrador(quien.actor, casa.tabla(), DeQue("f" * 32), [("objetivo", "Plantar")])
        assert borrador is not None
        folios["borrador"].append(a_folio(borrador.id))
    for captura, unidad in ((casa.julieta, casa.laura), (casa.beto, casa.laura), (casa.ines, casa.ramiro)):
        for clase, suyo in vars(sembrar(sitio, captura, unidad)).items():
            folios[clase].append(suyo)
        folios["carga"].append(subir_libro(casa, captura, casa.crudo(captura, denominacion_convenio="De libro")).folio)
        folios["hilo"] += [escribir(unidad, captura), observar(casa, unidad, folios["registro"][-1])]
        publico, retirado = publicar(sitio, captura, unidad), publicar(sitio, captura, unidad)
        casa.hacer(unidad, "retirar", retirado, motivo="Se publicó por error.")
        folios["registro"] += [a_folio(publico), a_folio(retirado), *_de_todos_los_colores(sitio, captura, unidad)]
    for institucion in (casa.metepec, casa.toluca):
        folios["maestro"] += [institucion.obras, institucion.referencias.persona, institucion.referencias.organo]
    return folios


def _de_todos_los_colores(sitio: Sitio, captura: Persona, unidad: Persona) -> Iterator[str]:
    for acto in ("revisar", "devolver", "borrar", "solicitar_baja"):
        registro = sitio.casa.capturar(captura)
        sitio.casa.hacer(unidad, acto, registro, motivo="Para la prueba.")
        yield a_folio(registro)


@contextmanager
def contar_las_de_adentro(sitio: Sitio) -> Iterator[Counter[str]]:
    """Cuenta, por pantalla, las que pasaron sesión, testigo y clase de ruta: la última pregunta antes de la pantalla."""
    cuenta: Counter[str] = Counter()

    def contar() -> None:
        if current_user.is_authenticated and request.endpoint:
            cuenta[request.endpoint] += 1

    preguntas = sitio.app.before_request_funcs[None]
    preguntas.append(contar)
    try:
        yield cuenta
    finally:
        preguntas.remove(contar)


def test_con_una_puerta_rota_se_notaria(sitio: Sitio) -> None:
    """Con la base estropeada, la misma petición da la falla nuestra que aquí se busca."""
    laura = sitio.de(sitio.casa.laura)
    sitio.estropear()
    assert mandar(laura, Peticion("GET", "/ipo/tablero"), revisar=True) == 500
