"""Quién puede qué: contra una matriz escrita a mano, preguntando de las dos maneras (``puede`` y ``condiciones``).

``matriz_permisos.csv`` sale de ``diseno.md`` 4, no del código. Quien pregunta tiene asignado solo «convenios», y
limitado a Obras (la Unidad y el garante no tienen límites). Sobre qué registro pregunta:

propio, ajeno            de su formato y de su área; a su cargo, o al de alguien más; nunca público
…_publico                lo mismo, y ya fue público alguna vez
otra_area                a su cargo, de un área que no es la suya
otro_formato             a su cargo, de un formato que no tiene asignado
otra_institucion         a su cargo, pero en otra institución (no debería existir; si existe, no es suyo)

«capturar» no es sobre un registro: en cada columna se lee «capturar uno así».
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from models.domain import permissions
from models.domain.cuentas import assign
from models.domain.permissions import (
    PERMISOS,
    PIDE,
    Accion,
    Actor,
    Alcance,
    Objeto,
    Permiso,
    Rol,
    condiciones,
    puede,
    puede_en_formato,
    puede_en_todo,
)
from models.sujetos import Aplicabilidad
from models.usuarios import Asignacion
from tests.bases import Base
from tests.elenco import Casa, Persona

Celda = tuple[Rol, Accion, str]
CLAVE, OTRA_CLAVE = "convenios", "presupuesto"
YO, OTRA_PERSONA = 101, 202
METEPEC, TOLUCA = 1, 2
OBRAS, TESORERIA = 11, 12

OBJETOS = {
    "propio": Objeto(METEPEC, CLAVE, YO, 0, OBRAS),
    "ajeno": Objeto(METEPEC, CLAVE, OTRA_PERSONA, 0, OBRAS),
    "propio_publico": Objeto(METEPEC, CLAVE, YO, 3, OBRAS),
    "ajeno_publico": Objeto(METEPEC, CLAVE, OTRA_PERSONA, 3, OBRAS),
    "otra_area": Objeto(METEPEC, CLAVE, YO, 0, TESORERIA),
    "otro_formato": Objeto(METEPEC, OTRA_CLAVE, YO, 0, OBRAS),
    "otra_institucion": Objeto(TOLUCA, CLAVE, YO, 0, OBRAS),
}
DEL_GARANTE = {Accion.ADMINISTRAR_SUJETOS, Accion.ADMINISTRAR_CATALOGO, Accion.VERIFICAR, Accion.DAR_SOPORTE,
                Accion.ABRIR_SELLADO}
DE_REGISTROS = [accion for accion in Accion if accion not in DEL_GARANTE]


def _read_matriz() -> dict[Celda, bool]:
    with (Path(__file__).parent / "matriz_permisos.csv").open(encoding="utf-8") as archivo:
        return {(Rol(renglon["rol"]), Accion(renglon["accion"]), objeto): {"si": True, "no": False}[renglon[objeto]]
                for renglon in csv.DictReader(archivo) for objeto in OBJETOS}


MATRIZ = _read_matriz()


def quien(rol: Rol, yo: int = YO, sujeto: int = METEPEC, obras: int = OBRAS) -> Actor:
    """Quien pregunta, con ese papel. Todos llevan los permisos del garante: a quien no lo es no le dan nada."""
    if rol is Rol.GARANTE:
        return Actor(yo, "Gabriela Ruiz", rol, None, permisos=frozenset(Permiso))
    return Actor(yo, "Julieta Mondragón", rol, sujeto, frozenset({CLAVE}), {CLAVE: frozenset({obras})},
                 frozenset(Permiso))


def segun_puede() -> dict[Celda, bool]:
    return {(rol, accion, nombre): puede(quien(rol), accion, objeto)
            for rol in Rol for accion in Accion for nombre, objeto in OBJETOS.items()}


def test_la_matriz_escrita_a_mano_esta_completa() -> None:
    assert MATRIZ.keys() == {(rol, accion, objeto) for rol in Rol for accion in Accion for objeto in OBJETOS}


def test_puede_contesta_lo_que_dice_la_matriz() -> None:
    assert segun_puede() == MATRIZ


@pytest.mark.parametrize("rol", Rol)
def test_cambiar_cualquier_celda_de_los_permisos_se_nota(rol: Rol, monkeypatch: pytest.MonkeyPatch) -> None:
    for accion in Accion:
        for alcance in {None, *Alcance} - {PERMISOS[rol].get(accion)}:
            if rol is Rol.GARANTE and accion not in PERMISOS[rol] and alcance is not Alcance.TODO:
                continue  # sin institución, cualquier alcance que no sea TODO sigue siendo nada
            torcidos = {llave: valor for llave, valor in PERMISOS[rol].items() if llave is not accion}
            torcidos |= {accion: alcance} if alcance else {}
            monkeypatch.setattr(permissions, "PERMISOS", PERMISOS | {rol: torcidos})
            assert segun_puede() != MATRIZ, (accion, alcance)


def test_sobre_todas_las_instituciones_solo_se_administran_sujetos() -> None:
    """``condiciones`` siempre nombra al sujeto: un alcance TODO sobre registros no tendría un filtro igual."""
    de_todo = {accion for permisos in PERMISOS.values() for accion, alcance in permisos.items()
               if alcance is Alcance.TODO}
    assert de_todo == DEL_GARANTE


def test_cada_permiso_del_garante_abre_lo_que_dice_su_matriz() -> None:
    with (Path(__file__).parent / "matriz_garante.csv").open(encoding="utf-8") as archivo:
        escrito = {(fila["permiso"], accion): fila[accion] == "si"
                   for fila in csv.DictReader(archivo) for accion in DEL_GARANTE}
    real = {(permiso or "ninguno", accion): puede_en_todo(
        Actor(YO, "Gabriela", Rol.GARANTE, None, permisos=frozenset({permiso} if permiso else ())), accion)
        for permiso in (None, *Permiso) for accion in DEL_GARANTE}
    assert real == escrito and PIDE.keys() == DEL_GARANTE


def test_un_permiso_no_da_nada_a_quien_no_es_del_garante() -> None:
    for rol in set(Rol) - {Rol.GARANTE}:
        actor = Actor(YO, "Laura", rol, METEPEC, frozenset({CLAVE}), permisos=frozenset(Permiso))
        assert not any(puede_en_todo(actor, accion) or puede(actor, accion, OBJETOS["propio"]) for accion in DEL_GARANTE)


# --- el filtro deja pasar justo a los mismos, con filas de verdad ---

@pytest.fixture
def filas(base: Base, casa: Casa) -> Mapping[str, Any]:
    """Un registro de cada clase, capturado de verdad; quien pregunta es Julieta."""
    def capturar(persona: Persona, clave: str = CLAVE, publico: bool = False, **campos: Any) -> Any:
        registro = casa.capturar(persona, clave, **campos)
        if publico:
            casa.hacer(casa.laura, "publicar", registro, clave=clave)
        tabla = casa.tabla(clave).trabajo
        if persona is casa.ines:
            tabla.update(a_cargo_de=casa.julieta.id).where(tabla.id == registro).execute()
        return casa.fila(registro, clave)

    return {
        "propio": capturar(casa.julieta), "ajeno": capturar(casa.beto),
        "propio_publico": capturar(casa.julieta, publico=True), "ajeno_publico": capturar(casa.beto, publico=True),
        "otra_area": capturar(casa.julieta, area_responsable=casa.metepec.tesoreria),
        "otro_formato": capturar(casa.julieta, OTRA_CLAVE), "otra_institucion": capturar(casa.ines),
    }


def _clave_de(objeto: str) -> str:
    return OTRA_CLAVE if objeto == "otro_formato" else CLAVE


def _pasan(actor: Actor, accion: Accion, casa: Casa, filas: Mapping[str, Any]) -> set[str]:
    """A cuáles deja pasar el filtro, preguntando a la base."""
    ids = {(clave, fila.id) for clave in (CLAVE, OTRA_CLAVE)
           for fila in casa.tabla(clave).trabajo.select().where(*condiciones(actor, accion, casa.tabla(clave)))}
    return {objeto for objeto, fila in filas.items() if (_clave_de(objeto), fila.id) in ids}


def _actor(rol: Rol, casa: Casa, filas: Mapping[str, Any]) -> Actor:
    return quien(rol, casa.julieta.id, casa.metepec.id, filas["propio"].area_responsable)


@pytest.mark.parametrize("rol", Rol)
def test_el_filtro_deja_pasar_justo_lo_que_dice_la_matriz(rol: Rol, casa: Casa, filas: Mapping[str, Any]) -> None:
    actor = _actor(rol, casa, filas)
    for accion in DE_REGISTROS:
        assert _pasan(actor, accion, casa, filas) == {o for o in filas if MATRIZ[rol, accion, o]}, accion


@pytest.mark.parametrize("alcance", [None, *(alcance for alcance in Alcance if alcance is not Alcance.TODO)])
def test_con_cualquier_alcance_la_pregunta_y_el_filtro_dicen_lo_mismo(
    alcance: Alcance | None, casa: Casa, filas: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    for rol in Rol:
        monkeypatch.setattr(permissions, "PERMISOS", {rol: {Accion.VER: alcance} if alcance else {}})
        actor = _actor(rol, casa, filas)
        pueden = {o for o, fila in filas.items() if puede(actor, Accion.VER, Objeto.de_fila(_clave_de(o), fila))}
        assert pueden == _pasan(actor, Accion.VER, casa, filas), rol


def test_quien_tiene_limite_de_areas_vacio_no_pasa_a_ningun_registro(casa: Casa, filas: Mapping[str, Any]) -> None:
    actor = Actor(casa.julieta.id, "Julieta", Rol.CAPTURISTA, casa.metepec.id, frozenset({CLAVE}), {CLAVE: frozenset()})
    assert _pasan(actor, Accion.VER, casa, filas) == set()
    assert not any(puede(actor, Accion.VER, Objeto.de_fila(CLAVE, fila)) for fila in filas.values())
    assert puede_en_formato(actor, Accion.CAPTURAR, casa.metepec.id, CLAVE)


# --- de las asignaciones al actor ---

def test_lo_asignado_se_resuelve_por_formato_por_fraccion_y_por_articulo(casa: Casa) -> None:
    beto = casa.beto.usuario
    Asignacion.delete().where(Asignacion.usuario_id == beto.id).execute()
    assert casa.beto.actor.claves == frozenset()
    assign(beto, "formato", ["padrones"])
    assign(beto, "fraccion", ["12-XII", "99-I"])
    assert casa.beto.actor.claves == {"padrones", "convenios"}
    assert "obras_municipales" in casa.nadia.actor.claves and "padrones" not in casa.nadia.actor.claves


def test_una_asignacion_sin_areas_quita_el_limite_y_dos_con_areas_se_suman(casa: Casa) -> None:
    beto = casa.beto.usuario
    Asignacion.delete().where(Asignacion.usuario_id == beto.id).execute()
    assign(beto, "formato", ["padrones", "convenios"], [casa.metepec.obras])
    assign(beto, "fraccion", ["12-XII"], [casa.metepec.tesoreria])
    assert {clave: len(areas) for clave, areas in casa.beto.actor.areas.items()} == {"padrones": 1, "convenios": 2}
    assign(beto, "articulo", ["12"])
    assert casa.beto.actor.areas == {}


def test_lo_que_no_aplica_a_la_institucion_no_se_asigna_a_nadie(casa: Casa) -> None:
    assert "convenios" in casa.julieta.actor.claves & casa.laura.actor.claves
    Aplicabilidad.create(sujeto_id=casa.metepec.id, clave="convenios", aplica=False)
    Aplicabilidad.create(sujeto_id=casa.metepec.id, clave="votaciones", aplica=True)
    assert "convenios" not in casa.julieta.actor.claves | casa.laura.actor.claves
    assert "votaciones" in casa.laura.actor.claves
    assert "convenios" in casa.ines.actor.claves


def test_el_garante_no_tiene_institucion_ni_formatos(casa: Casa) -> None:
    garante = casa.gabriela.actor
    assert (garante.sujeto_id, garante.claves) == (None, frozenset())
