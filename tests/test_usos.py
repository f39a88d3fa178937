"""Qué usa a un área, una persona o un órgano: todo campo de ese tipo, en todo formato, y nunca lo de otra institución."""

import datetime as dt
from typing import Any

import pytest

from fracciones_config import TipoCampo
from models.base import db
from models.domain.bajas import frenos_de_registros
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.catalogo_vigente import vigente
from models.domain.directorio import find_persona, frenos_de_persona, read_directorio, restore_persona, retire_persona
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.masters import options_of, save_maestro
from models.domain.organos.fichas import find_organo
from models.domain.organos.integrantes import save_integrante
from models.domain.proyeccion import bring_maestros
from models.domain.usos import find_usos
from models.folios import de_folio
from models.maestros import Persona
from models.organos import OrganoIntegrante
from models.reloj import hoy
from models.usuarios import Usuario
from tests.elenco import Casa

MAESTROS = {TipoCampo.AREA: "area", TipoCampo.SERVIDOR_PUBLICO: "persona", TipoCampo.ORGANO_COLEGIADO: "organo"}


def tablas() -> list[Any]:
    return [vigente.foto.tablas[clave] for clave in vigente.foto.tablas]


def rosa(casa: Casa) -> Persona:
    return find_persona(casa.laura.actor, de_folio(casa.metepec.referencias.persona))


@pytest.mark.parametrize("tipo", MAESTROS)
def test_se_mira_cada_campo_de_ese_tipo_en_cada_formato(tipo: TipoCampo, casa: Casa) -> None:
    """Un registro completo de cada formato usa sus maestros en todos sus campos: ninguno se escapa."""
    esperados = set()
    for tabla in tablas():
        campos = [campo.nombre for campo in tabla.formato.campos if campo.tipo is tipo]
        if campos and tabla.formato.proyeccion is None:
            casa.capturar(casa.laura, tabla.clave)
            esperados |= {(tabla.clave, nombre) for nombre in campos}
    suyo = de_folio(getattr(casa.metepec.referencias, MAESTROS[tipo]))
    assert esperados and {(uso.tabla.clave, uso.campo.nombre) for uso in find_usos(
        casa.metepec.id, tipo, suyo, tablas())} == esperados
    assert find_usos(casa.toluca.id, tipo, suyo, tablas()) == [], "lo de otra institución no cuenta"


def test_lo_que_esta_en_la_papelera_no_cuenta_y_lo_retirado_si(casa: Casa) -> None:
    obras = de_folio(casa.metepec.obras)
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "borrar", registro)
    assert frenos_de_registros(casa.metepec.id, TipoCampo.AREA, obras, tablas()) == []
    publico = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", publico)
    casa.hacer(casa.laura, "retirar", publico, motivo="Por error.")
    frenos = frenos_de_registros(casa.metepec.id, TipoCampo.AREA, obras, tablas())
    assert frenos and all(f.frase.startswith("1 registro de Convenios") and not f.detiene for f in frenos)


def test_cada_columna_que_se_pregunta_lleva_indice(casa: Casa) -> None:
    """Sin él, dar de baja un área recorrería todos los registros de la institución."""
    for tabla in tablas():
        indices = {tuple(indice.columns[:2]) for indice in db.get_indexes(tabla.trabajo._meta.table_name)}
        for campo in tabla.formato.campos:
            if campo.tipo in MAESTROS:
                assert ("sujeto_id", tabla.columnas[campo.nombre]) in indices, (tabla.clave, campo.nombre)


def test_las_personas_se_ven_por_area_y_se_buscan_sin_acentos(casa: Casa) -> None:
    tabla = casa.tabla("directorio")
    save_maestro(casa.metepec.id, "persona", {"nombre": "Ángel", "primer_apellido": "Muñoz", "cargo": "Síndico"})
    todo = read_directorio(casa.metepec.id, tabla)
    assert [(g.area, [p.nombre for p in g.personas]) for g in todo.grupos] == [
        ("Dirección de Obras Públicas", ["Rosa Elena Villanueva"]), ("Sin área", ["Ángel Muñoz"])]
    assert todo.grupos[0].personas[0].estado is None, "todavía sin registro"
    for busca, cuantas in (("angel munoz", 1), ("SINDIC", 1), ("obras villa", 1), ("nadie", 0), ("", 2), ("%", 0)):
        assert read_directorio(casa.metepec.id, tabla, busca).total == cuantas, busca
    bring_maestros(casa.laura.actor, tabla)
    assert {p.estado for g in read_directorio(casa.metepec.id, tabla).grupos for p in g.personas} == {"capturado"}


def test_la_baja_se_niega_mientras_tenga_cuenta_u_organo_y_dice_cual(casa: Casa) -> None:
    laura, tabla = casa.laura.actor, casa.tabla("directorio")
    cabildo = find_organo(laura, de_folio(casa.metepec.referencias.organo))
    integrante = {"persona": casa.metepec.referencias.persona, "puesto": "vocal", "desde": "01/01/2025"}
    save_integrante(laura, vigente.foto.catalogo, cabildo, integrante)
    Usuario.update(persona_id=rosa(casa).id).where(Usuario.id == casa.beto.id).execute()
    assert [freno.lugar for freno in frenos_de_persona(rosa(casa), tablas()) if freno.detiene] == ["usuario", "organo"]
    with pytest.raises(ActoImposible, match="capt2.metepec.*Integra Cabildo"):
        retire_persona(laura, tabla, rosa(casa), "2026-01-31", tablas())
    Usuario.update(activo=False).where(Usuario.id == casa.beto.id).execute()
    save_integrante(laura, vigente.foto.catalogo, cabildo, integrante | {"hasta": "31/12/2025"},
                    OrganoIntegrante.get())
    retire_persona(laura, tabla, rosa(casa), "2026-01-31", tablas())
    assert options_of(casa.metepec.id, "persona") == []


@pytest.mark.parametrize("publicada, queda", [(False, "borrado"), (True, "retirado")])
def test_la_baja_saca_su_registro_y_deshacerla_lo_regresa_por_revisar(publicada: bool, queda: str, casa: Casa) -> None:
    laura, tabla = casa.laura.actor, casa.tabla("directorio")
    registro = casa.capturar(casa.laura, "directorio")
    save_maestro(casa.metepec.id, "persona", {"nombre": "Ana"}, registro)
    if publicada:
        assert casa.hacer(casa.laura, "publicar", registro, clave="directorio").hechos
    retire_persona(laura, tabla, find_persona(laura, registro), "2026-01-31", tablas())
    assert casa.fila(registro, "directorio").estado == queda
    assert read_directorio(casa.metepec.id, tabla, bajas=True).total == 1
    restore_persona(laura, tabla, find_persona(laura, registro))
    assert casa.fila(registro, "directorio").estado == "capturado" and find_persona(laura, registro).baja_en is None


def test_la_baja_no_es_futura_ni_doble_ni_de_otra_institucion(casa: Casa) -> None:
    laura, tabla = casa.laura.actor, casa.tabla("directorio")
    with pytest.raises(CamposInvalidos):
        retire_persona(laura, tabla, rosa(casa), (hoy() + dt.timedelta(days=1)).isoformat(), tablas())
    with pytest.raises(NoExiste):
        find_persona(laura, de_folio(casa.toluca.referencias.persona))
    for actor in (casa.nadia.actor, casa.gabriela.actor):
        with pytest.raises(NoPermitido):
            retire_persona(actor, tabla, rosa(casa), "2026-01-31", tablas())
    retire_persona(laura, tabla, rosa(casa), "2026-01-31", tablas())
    with pytest.raises(ActoImposible, match="ya está"):
        retire_persona(laura, tabla, rosa(casa), "2026-01-31", tablas())
