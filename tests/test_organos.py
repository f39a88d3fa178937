"""Los órganos colegiados: quién los lleva, qué se publica de ellos, y que nada se publique sin que la Unidad lo apruebe."""

import datetime as dt
from typing import Any

import pytest

from models.adjuntos import PubArchivo
from models.base import db
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.catalogo_vigente import vigente
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.masters import options_of, save_maestro
from models.domain.organos import integrantes, sesiones
from models.domain.organos.fichas import (
    delete_organo,
    find_organo,
    holds_of,
    restore_organo,
    retire_organo,
    save_organo,
)
from models.domain.organos.lista import list_organos
from models.domain.organos.publicacion import build_contenido, huella_de, publish_organo, withdraw_organo
from models.domain.organos.traida import bring_de_organos
from models.folios import a_folio, de_folio
from models.maestros import Organo
from models.publicados import OrganoPublico, Publicados
from models.reloj import hoy
from models.sujetos import ActoDeSujeto, SujetoObligado
from models.verificacion.organos import check_organos
from tests.elenco import Casa, Persona

SESION = {"numero": "Primera", "tipo": "ordinaria", "fecha": "14/05/2026", "orden_dia": "Lista\nAcuerdos"}


def tablas() -> list[Any]:
    return [vigente.foto.tablas[clave] for clave in vigente.foto.tablas]


def comite(persona: Persona, nombre: str = "Comité de Información", tipo: str = "comite_transparencia") -> Organo:
    """Un órgano recién dado de alta por esa persona."""
    actor = persona.actor
    return find_organo(actor, save_organo(actor, vigente.foto.catalogo, {"nombre": nombre, "tipo": tipo}))


def integrar(casa: Casa, organo: Organo, **campos: str) -> int:
    crudo = {"persona": casa.metepec.referencias.persona, "puesto": "presidente", "desde": "01/02/2025"} | campos
    return integrantes.save_integrante(casa.laura.actor, vigente.foto.catalogo, organo, crudo)


def sesionar(casa: Casa, organo: Organo, **campos: str) -> int:
    return sesiones.save_sesion(casa.laura.actor, vigente.foto.catalogo, organo, SESION | campos)


def publicar(persona: Persona, organo: Organo) -> None:
    catalogo = vigente.foto.catalogo
    publish_organo(persona.actor, organo, catalogo, huella_de(build_contenido(organo, catalogo)))


def publico(publicados: Publicados, organo: Organo) -> OrganoPublico | None:
    metepec = publicados.institucion("metepec")
    assert metepec is not None
    return publicados.organo(metepec, organo.id)


def test_nada_llega_a_la_ciudadania_hasta_que_la_unidad_lo_publica(casa: Casa, publicados: Publicados) -> None:
    organo = comite(casa.julieta)
    integrar(casa, organo)
    sesionar(casa, organo, acta=casa.metepec.referencias.pdf)
    assert publico(publicados, organo) is None
    with pytest.raises(NoPermitido):
        publicar(casa.julieta, organo)
    publicar(casa.laura, organo)
    leido = publico(publicados, organo)
    assert leido is not None
    assert [(i["nombre"], i["puesto"]) for i in leido.datos["integrantes"]] == [
        ("Rosa Elena Villanueva", "Presidente o presidenta")]
    assert [(s["numero"], s["tipo"], s["acta"]["tipo"]) for s in leido.datos["sesiones"]] == [("Primera", "Ordinaria", "pdf")]
    sesionar(casa, organo, numero="Segunda")
    despues = publico(publicados, organo)
    assert despues is not None and len(despues.datos["sesiones"]) == 1, "guardar no publica"
    [resumen] = [r for r in list_organos(casa.metepec.id, vigente.foto.catalogo) if r.organo.id == organo.id]
    assert resumen.cambios == ("1 sesión de más",) and (resumen.integrantes, resumen.sesiones) == (1, 2)


def test_solo_se_entregan_las_actas_de_lo_publicado(casa: Casa, publicados: Publicados) -> None:
    organo, acta = comite(casa.laura), casa.metepec.referencias.pdf
    metepec = publicados.institucion("metepec")
    assert metepec is not None
    sesion = sesionar(casa, organo, acta=acta)
    assert publicados.archivo(metepec, de_folio(acta)) is None
    publicar(casa.laura, organo)
    assert publicados.archivo(metepec, de_folio(acta)) is not None
    sesiones.remove_sesion(casa.laura.actor, organo, sesiones.find_sesion(organo, sesion), tablas())
    publicar(casa.laura, organo)
    assert publicados.archivo(metepec, de_folio(acta)) is None and not PubArchivo.select().exists()


def test_retirarlo_del_portal_pide_motivo_y_lo_capturado_queda(casa: Casa, publicados: Publicados) -> None:
    organo = comite(casa.laura)
    publicar(casa.laura, organo)
    with pytest.raises(ActoImposible, match="motivo"):
        withdraw_organo(casa.laura.actor, organo, " ")
    with pytest.raises(NoPermitido):
        withdraw_organo(casa.ernesto.actor, organo, "Ya no existe.")
    withdraw_organo(casa.laura.actor, organo, "Se publicó por error.")
    assert publico(publicados, organo) is None and find_organo(casa.laura.actor, organo.id)
    assert "Se publicó por error." in ActoDeSujeto.select().order_by(ActoDeSujeto.instante.desc()).first().detalle


def test_se_publica_lo_que_se_vio_y_solo_si_hay_algo_nuevo(casa: Casa) -> None:
    organo = comite(casa.laura)
    visto = huella_de(build_contenido(organo, vigente.foto.catalogo))
    integrar(casa, organo)
    with pytest.raises(ActoImposible, match="cambió mientras"):
        publish_organo(casa.laura.actor, organo, vigente.foto.catalogo, visto)
    publicar(casa.laura, organo)
    with pytest.raises(ActoImposible, match="nada nuevo"):
        publicar(casa.laura, organo)


def test_con_cuatro_ojos_no_lo_publica_quien_lo_cambio(casa: Casa) -> None:
    SujetoObligado.update(cuatro_ojos=True).where(SujetoObligado.id == casa.metepec.id).execute()
    propio = comite(casa.laura)
    with pytest.raises(ActoImposible, match="otra persona"):
        publicar(casa.laura, propio)
    publicar(casa.laura, comite(casa.julieta, "Consejo", "consejo"))


@pytest.mark.parametrize("quien", ["nadia", "gabriela", "ramiro"])
def test_quien_no_lleva_los_acuerdos_o_es_de_otra_institucion_no_los_ve(quien: str, casa: Casa) -> None:
    organo, actor = comite(casa.laura), getattr(casa, quien).actor
    with pytest.raises(NoExiste):
        find_organo(actor, organo.id)
    if actor.sujeto_id != casa.toluca.id:
        with pytest.raises(NoPermitido):
            save_organo(actor, vigente.foto.catalogo, {"nombre": "Otro", "tipo": "otro"})


def test_una_persona_o_un_acta_de_otra_institucion_no_se_aceptan(casa: Casa) -> None:
    organo = comite(casa.laura)
    with pytest.raises(CamposInvalidos) as falla:
        integrar(casa, organo, persona=casa.toluca.referencias.persona)
    assert "ya no está" in falla.value.problemas["persona"]
    with pytest.raises(CamposInvalidos) as falla:
        sesionar(casa, organo, acta=casa.toluca.referencias.pdf)
    assert "acta" in falla.value.problemas


@pytest.mark.parametrize("campos, en", [
    ({"puesto": "rey"}, "puesto"), ({"desde": "31/02/2025"}, "desde"), ({"hasta": "01/01/2025"}, "hasta"),
    ({"persona": ""}, "persona"), ({"persona": "' OR 1=1"}, "persona"),
])
def test_un_integrante_mal_escrito_no_entra(campos: dict[str, str], en: str, casa: Casa) -> None:
    organo = comite(casa.laura)
    with pytest.raises(CamposInvalidos) as falla:
        integrar(casa, organo, **campos)
    assert list(falla.value.problemas) == [en] and not integrantes.integrantes_de(organo)


def test_la_misma_persona_no_tiene_dos_veces_el_mismo_puesto(casa: Casa) -> None:
    organo = comite(casa.laura)
    integrar(casa, organo, hasta="31/12/2025")
    with pytest.raises(CamposInvalidos):
        integrar(casa, organo, desde="01/06/2025")
    integrar(casa, organo, desde="01/01/2026")
    integrar(casa, organo, puesto="secretario")
    assert [integrantes.is_vigente(i) for i in integrantes.integrantes_de(organo)] == [True, True, False], "los de hoy, primero"


def test_el_cambio_de_nombre_en_el_directorio_llega_a_quien_sigue_y_no_a_quien_se_fue(casa: Casa) -> None:
    organo = comite(casa.laura)
    integrar(casa, organo, hasta="31/12/2025")
    integrar(casa, organo, desde="01/01/2026")
    save_maestro(casa.metepec.id, "persona", {"nombre": "Rosa Elena", "primer_apellido": "Villanueva", "segundo_apellido":
                                              "Ríos"}, de_folio(casa.metepec.referencias.persona))
    contenido = build_contenido(organo, vigente.foto.catalogo)
    assert [i["nombre"] for i in contenido["integrantes"]] == ["Rosa Elena Villanueva Ríos", "Rosa Elena Villanueva"]


def test_dos_sesiones_con_el_mismo_numero_y_dia_son_una(casa: Casa) -> None:
    organo = comite(casa.laura)
    sesionar(casa, organo)
    with pytest.raises(CamposInvalidos):
        sesionar(casa, organo)
    sesionar(casa, organo, fecha="15/05/2026")


def test_dos_organos_no_se_llaman_igual_y_quien_edita_lo_viejo_se_entera(casa: Casa) -> None:
    organo, catalogo = comite(casa.laura), vigente.foto.catalogo
    with pytest.raises(CamposInvalidos):
        comite(casa.ernesto)
    with pytest.raises(ActoImposible, match="Otra persona"):
        save_organo(casa.laura.actor, catalogo, {"nombre": "Otro", "tipo": "comite"}, organo, 1)
    save_organo(casa.laura.actor, catalogo, {"nombre": "Otro", "tipo": "comite"}, organo, organo.cambiado_en)
    assert find_organo(casa.laura.actor, organo.id).nombre == "Otro"


def test_uno_en_uso_no_se_borra_se_da_de_baja_y_dice_quien_lo_usa(casa: Casa) -> None:
    cabildo = find_organo(casa.laura.actor, de_folio(casa.metepec.referencias.organo))
    casa.capturar(casa.julieta, "acuerdos_actas")
    sesionar(casa, cabildo)
    assert holds_of(cabildo, tablas()) == [
        ("1 registro de Acuerdos y actas (órgano que sesionó)", "acuerdos_actas"), ("tiene 1 sesión", "")]
    with pytest.raises(ActoImposible, match="1 registro de Acuerdos y actas"):
        delete_organo(casa.laura.actor, cabildo, tablas())
    with pytest.raises(CamposInvalidos):
        retire_organo(casa.laura.actor, cabildo, (hoy() + dt.timedelta(days=1)).isoformat())
    retire_organo(casa.laura.actor, cabildo, "2026-01-31")
    assert options_of(casa.metepec.id, "organo") == [], "deja las listas donde se elige"
    cabildo = find_organo(casa.laura.actor, cabildo.id)
    assert build_contenido(cabildo, vigente.foto.catalogo)["baja"] == "2026-01-31"
    with pytest.raises(ActoImposible, match="deshaga la baja"):
        sesionar(casa, cabildo, numero="Segunda")
    restore_organo(casa.laura.actor, cabildo)
    assert options_of(casa.metepec.id, "organo")


def test_el_que_nadie_usa_se_puede_borrar_y_solo_la_unidad(casa: Casa) -> None:
    organo = comite(casa.laura)
    for hacer in (lambda: delete_organo(casa.ernesto.actor, organo, tablas()),
                  lambda: retire_organo(casa.ernesto.actor, organo, "2026-01-31")):
        with pytest.raises(NoPermitido):
            hacer()
    delete_organo(casa.laura.actor, organo, tablas())
    with pytest.raises(NoExiste):
        find_organo(casa.laura.actor, organo.id)


def test_las_sesiones_se_traen_a_los_acuerdos_en_rojo_y_una_sola_vez(casa: Casa) -> None:
    cabildo = find_organo(casa.laura.actor, de_folio(casa.metepec.referencias.organo))
    sesion = sesionar(casa, cabildo, acta=casa.metepec.referencias.pdf)
    sesionar(casa, cabildo, numero="La que viene", fecha=f"{hoy() + dt.timedelta(days=30):%d/%m/%Y}")
    sesionar(casa, cabildo, numero="Otra", fecha="02/02/2026")
    tabla = casa.tabla("acuerdos_actas")
    assert bring_de_organos(casa.julieta.actor, tabla) == 2, "la que todavía no es no se trae"
    fila = casa.fila(sesion, "acuerdos_actas")
    assert (fila.estado, fila.ejercicio, fila.periodo, fila.faltan > 0) == ("capturado", 2026, "T2", True)
    assert '"numero_sesion":"Primera"' in fila.contenido and '"texto":"Cabildo"' in fila.contenido
    assert bring_de_organos(casa.julieta.actor, tabla) == 0
    with pytest.raises(ActoImposible, match="Acuerdos y actas"):
        sesiones.remove_sesion(casa.laura.actor, cabildo, sesiones.find_sesion(cabildo, sesion), tablas())
    publicar(casa.laura, cabildo)
    resultado = casa.hacer(casa.laura, "publicar", sesion, clave="acuerdos_actas")
    assert resultado.fuera and "Falta" in resultado.fuera[0].razon, "nada traído se publica solo"


def test_los_integrantes_del_comite_se_traen_y_los_de_otros_organos_no(casa: Casa) -> None:
    integrante = integrar(casa, comite(casa.laura))
    integrar(casa, find_organo(casa.laura.actor, de_folio(casa.metepec.referencias.organo)))
    tabla = casa.tabla("comite_unidad")
    assert bring_de_organos(casa.laura.actor, tabla) == 1
    contenido = casa.fila(integrante, "comite_unidad").contenido
    assert '"cargo_en_comite_o_unidad":"presidencia"' in contenido and '"pertenece_a":"comite"' in contenido
    with pytest.raises(NoPermitido):
        bring_de_organos(casa.nadia.actor, tabla)
    with pytest.raises(NoPermitido):
        bring_de_organos(casa.laura.actor, casa.tabla("convenios"))


def test_lo_de_otro_organo_no_se_halla_por_su_folio(casa: Casa) -> None:
    uno, otro = comite(casa.laura), comite(casa.laura, "Consejo", "consejo")
    sesion, integrante = sesionar(casa, uno), integrar(casa, uno)
    with pytest.raises(NoExiste):
        sesiones.find_sesion(otro, sesion)
    with pytest.raises(NoExiste):
        integrantes.find_integrante(otro, integrante)
    assert a_folio(sesion)


def test_dos_actos_en_el_mismo_milisegundo_quedan_los_dos(casa: Casa) -> None:
    antes = ActoDeSujeto.select().count()
    for i in range(30):
        comite(casa.laura, f"Comité {i}")
    assert ActoDeSujeto.select().count() == antes + 30


@pytest.mark.parametrize("sabotaje, dice", [
    ("DELETE FROM pub_archivo", "las actas"), ("DELETE FROM organo", "no existe"), ("DELETE FROM pub_organo", "no es público"),
    ("UPDATE pub_organo SET contenido = '{}'", "incompleta"),
])
def test_verificar_nota_un_organo_publico_que_no_cuadra(
    sabotaje: str, dice: str, casa: Casa, consultas_con_sujeto: list[Any],
) -> None:
    organo = comite(casa.laura)
    sesionar(casa, organo, acta=casa.metepec.referencias.pdf)
    publicar(casa.laura, organo)
    assert list(check_organos(vigente.foto)) == []
    db.execute_sql(sabotaje)
    assert any(dice in falta for falta in check_organos(vigente.foto))
    consultas_con_sujeto.clear()
