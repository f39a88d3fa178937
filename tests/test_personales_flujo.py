"""El flujo con datos personales: el veredicto se guarda con el contenido, y nada sale sin que alguien responda por ellos."""

import json
from typing import Any

import pytest

from models.actos import Acto
from models.domain.copia import copy_anterior, find_periodo
from models.domain.errores import ActoImposible, Conflicto, NoExiste
from models.domain.lotes import freeze_lote, run_rebanada, summary_of
from models.domain.personales import from_columna, is_held, read_freno
from models.domain.versiones import find_version
from models.domain.workflow import guardar, prever
from models.domain.workflow.deshacer import undo
from models.domain.workflow.justificacion import justify
from models.domain.workflow.puesta_al_dia import ask_for_refresh
from models.domain.workflow.restauracion import restore_version
from models.sujetos import SujetoObligado
from tests.bases import Base
from tests.elenco import Casa, Persona

CURP, OTRA = "BOXW310820HNERXN09", "GODE561231GR8"
NOTA = f"La constancia trae la CURP {CURP} del titular."
MOTIVO = "Es la del titular y firmó que se publique."


def capturar(casa: Casa, quien: Persona, nota: str = NOTA, motivo: str | None = None) -> int:
    return guardar(quien.actor, casa.tabla(), casa.crudo(quien, nota=nota), personales_motivo=motivo).id


def actos(registro: int, acto: str = "justificar") -> list[Any]:
    return list(Acto.select().where(Acto.registro_id == registro, Acto.acto == acto).order_by(Acto.id))


def test_al_guardar_queda_el_veredicto_y_no_el_dato(base: Base, casa: Casa) -> None:
    fila = casa.fila(capturar(casa, casa.julieta))
    [uno] = from_columna(fila.personales)
    assert (uno.campo, uno.clase, uno.oculto, uno.politica) == ("nota", "curp", "CURP: BOXW••••••••••••09", "avisar")
    assert CURP not in fila.personales and fila.personales_motivo is None
    limpia = casa.fila(casa.capturar(casa.julieta))
    assert limpia.personales is None and read_freno(limpia.personales, None) is None


def test_sin_motivo_no_se_revisa_ni_se_publica_y_con_el_si(base: Base, casa: Casa) -> None:
    registro, tabla = capturar(casa, casa.julieta), casa.tabla()
    for persona, acto in ((casa.ernesto, "revisar"), (casa.laura, "publicar")):
        [fuera] = casa.hacer(persona, acto, registro).fuera
        assert "datos personales (CURP)" in fuera.razon and "diga por qué" in fuera.razon and CURP not in fuera.razon
    version = justify(casa.julieta.actor, tabla, registro, 1, MOTIVO)
    fila = casa.fila(registro)
    assert (version, fila.version, fila.personales_motivo, fila.estado) == (2, 2, MOTIVO, "capturado")
    [acto] = actos(registro)
    assert (acto.usuario_id, acto.motivo, acto.version, acto.estado) == (casa.julieta.id, MOTIVO, 2, "capturado")
    assert acto.instante and acto.antes == fila.personales and CURP not in acto.antes
    assert casa.hacer(casa.ernesto, "revisar", registro).hechos == [registro]
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    assert casa.publica(registro) is not None


def test_lo_que_no_se_publica_no_sale_ni_con_motivo(base: Base, casa: Casa) -> None:
    clave = "padrones"
    crudo = casa.crudo(casa.julieta, clave, denominacion_programa=f"Apoyo a {CURP}")
    registro = guardar(casa.julieta.actor, casa.tabla(clave), crudo, personales_motivo=MOTIVO).id
    assert casa.fila(registro, clave).personales_motivo is None and not actos(registro)
    with pytest.raises(ActoImposible, match="Un motivo no basta"):
        justify(casa.laura.actor, casa.tabla(clave), registro, None, MOTIVO)
    [fuera] = casa.hacer(casa.laura, "publicar", registro, clave=clave).fuera
    assert "no se publican (CURP): quítelos" in fuera.razon


def test_el_motivo_se_da_al_guardar_y_se_apunta(base: Base, casa: Casa) -> None:
    registro = capturar(casa, casa.julieta, motivo=f"  {MOTIVO}  ")
    assert casa.fila(registro).personales_motivo == MOTIVO
    assert [(acto.version, acto.motivo) for acto in actos(registro)] == [(1, MOTIVO)]
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    assert not actos(capturar(casa, casa.julieta, nota="Nada.", motivo=MOTIVO)), "sin datos personales no hay de qué darlo"


def test_guardar_lo_mismo_con_motivo_no_es_editar(base: Base, casa: Casa) -> None:
    registro = capturar(casa, casa.julieta)
    crudo = casa.crudo(casa.julieta, nota=NOTA)
    for _ in range(2):
        guardar(casa.julieta.actor, casa.tabla(), crudo, registro=registro, personales_motivo=MOTIVO)
    fila = casa.fila(registro)
    assert (fila.version, fila.personales_motivo) == (2, MOTIVO)
    assert len(actos(registro)) == 1 and not actos(registro, "editar")


def test_el_motivo_dura_mientras_los_datos_sean_los_mismos(base: Base, casa: Casa) -> None:
    registro = capturar(casa, casa.julieta, motivo=MOTIVO)
    casa.editar(casa.julieta, registro, nota=f"Con otras palabras: {CURP}.")
    assert casa.fila(registro).personales_motivo == MOTIVO
    casa.editar(casa.julieta, registro, nota=f"{CURP} y además {OTRA}")
    assert casa.fila(registro).personales_motivo is None
    casa.editar(casa.julieta, registro, nota=NOTA)
    assert casa.fila(registro).personales_motivo == MOTIVO, "vuelven los datos y vuelve el motivo"
    casa.editar(casa.julieta, registro, nota="Sin nada.")
    fila = casa.fila(registro)
    assert fila.personales is None and fila.personales_motivo is None and len(actos(registro)) == 1


def test_un_motivo_dice_algo_y_no_repite_el_dato(base: Base, casa: Casa) -> None:
    registro, tabla = capturar(casa, casa.julieta), casa.tabla()
    for malo, dice in (("", "Escriba por qué"), ("ok", "con una frase"), (f"Porque su CURP es {CURP}", "no escriba el dato")):
        with pytest.raises(ActoImposible, match=dice):
            justify(casa.julieta.actor, tabla, registro, None, malo)
    with pytest.raises(ActoImposible, match="no escriba el dato"):
        capturar(casa, casa.julieta, motivo=f"Su correo es rosa@gmail.com, {MOTIVO}")
    with pytest.raises(ActoImposible, match="no trae datos personales"):
        justify(casa.julieta.actor, tabla, casa.capturar(casa.julieta), None, MOTIVO)
    assert not actos(registro)


def test_lo_da_quien_puede_editarlo_y_sobre_lo_que_vio(base: Base, casa: Casa) -> None:
    registro, tabla = capturar(casa, casa.julieta), casa.tabla()
    for ajena in (casa.beto, casa.nadia, casa.ramiro):
        with pytest.raises(NoExiste):
            justify(ajena.actor, tabla, registro, None, MOTIVO)
    with pytest.raises(Conflicto):
        justify(casa.ernesto.actor, tabla, registro, 7, MOTIVO)
    assert justify(casa.ernesto.actor, tabla, registro, 1, MOTIVO) == 2
    assert actos(registro)[0].usuario_id == casa.ernesto.id
    casa.hacer(casa.julieta, "borrar", registro)
    with pytest.raises(ActoImposible, match="papelera"):
        justify(casa.ernesto.actor, tabla, registro, None, MOTIVO)


def test_de_un_lote_quedan_fuera_y_se_nombran(base: Base, casa: Casa) -> None:
    tabla = casa.tabla()
    buenos, malo = [casa.capturar(casa.julieta) for _ in range(3)], capturar(casa, casa.julieta)
    con_motivo = capturar(casa, casa.julieta, motivo=MOTIVO)
    lote = freeze_lote(casa.laura.actor, tabla, "publicar", [(registro, 1) for registro in (*buenos, malo, con_motivo)])
    prevision = prever(casa.laura.actor, "publicar", tabla, lote)
    assert [(una.fila.id, "CURP" in una.razon) for una in prevision.fuera] == [(malo, True)]
    run_rebanada(casa.laura.actor, tabla, lote)
    resumen = summary_of(lote)
    assert resumen["hechos"] == 4 and [fuera[0] for fuera in resumen["fuera"]] == [malo]
    assert "diga por qué se publican" in resumen["fuera"][0][1]
    assert casa.publica(malo) is None and casa.publica(con_motivo) is not None


def test_en_sql_se_dice_lo_mismo_que_en_python(base: Base, casa: Casa) -> None:
    tabla, clave = casa.tabla(), "padrones"
    filas = [casa.fila(uno) for uno in (casa.capturar(casa.julieta), capturar(casa, casa.julieta),
                                        capturar(casa, casa.julieta, motivo=MOTIVO))]
    bloqueada = casa.fila(casa.capturar(casa.julieta, clave, denominacion_programa=f"Apoyo {CURP}"), clave)
    for una, modelo in (*((fila, tabla.trabajo) for fila in filas), (bloqueada, casa.tabla(clave).trabajo)):
        suya = (modelo.sujeto_id == una.sujeto_id) & (modelo.id == una.id)
        detenida = modelo.select(is_held(modelo)).where(suya).scalar()
        assert detenida is not None and bool(detenida) == (read_freno(una.personales, una.personales_motivo) is not None)
        assert modelo.select().where(suya, ~is_held(modelo)).count() == (not detenida)


def test_copiar_el_periodo_lleva_el_veredicto_y_el_motivo(base: Base, casa: Casa) -> None:
    con = capturar(casa, casa.julieta, motivo=MOTIVO)
    sin = capturar(casa, casa.julieta)
    fila = casa.fila(con)
    sigue = {"T1": "T2", "T2": "T3", "T3": "T4", "T4": "T1"}[fila.periodo]
    destino = find_periodo(casa.tabla(), fila.ejercicio + (sigue == "T1"), sigue)
    assert copy_anterior(casa.laura.actor, casa.tabla(), destino).nuevos == 2
    modelo = casa.tabla().trabajo
    copias = {int(c.envio.split(":")[1]): c for c in modelo.select().where(modelo.envio.is_null(False))}
    assert copias[con].personales_motivo == MOTIVO and actos(copias[con].id)[0].usuario_id == casa.laura.id
    assert copias[sin].personales and copias[sin].personales_motivo is None


def test_descartar_y_deshacerlo_traen_el_motivo_que_iba_con_los_datos(base: Base, casa: Casa) -> None:
    registro = capturar(casa, casa.julieta, motivo=MOTIVO)
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, nota=f"Ahora trae {OTRA}")
    assert casa.fila(registro).personales_motivo is None
    casa.hacer(casa.laura, "descartar", registro)
    assert casa.fila(registro).personales_motivo == MOTIVO
    assert undo(casa.laura.actor, casa.tabla(), [registro]).hechos == [registro]
    fila = casa.fila(registro)
    assert from_columna(fila.personales)[0].clase == "rfc" and fila.personales_motivo is None
    [fuera] = casa.hacer(casa.laura, "publicar", registro).fuera
    assert "RFC de una persona" in fuera.razon


def test_traer_una_version_vuelve_a_mirarla(base: Base, casa: Casa) -> None:
    registro, tabla = capturar(casa, casa.julieta), casa.tabla()
    casa.editar(casa.julieta, registro, nota="Nada.")
    assert casa.fila(registro).personales is None
    fila = casa.fila(registro)
    restore_version(casa.julieta.actor, tabla, fila, find_version(fila, 1), fila.version)
    assert from_columna(casa.fila(registro).personales)[0].clase == "curp"


def test_restaurar_lo_retirado_no_brinca_el_freno(base: Base, casa: Casa) -> None:
    registro = capturar(casa, casa.julieta, motivo=MOTIVO)
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo="Ya no está vigente.")
    casa.hacer(casa.laura, "restaurar", registro)
    modelo = casa.tabla().trabajo
    modelo.update(personales_motivo=None).where(modelo.sujeto_id == casa.metepec.id, modelo.id == registro).execute()
    assert casa.hacer(casa.laura, "publicar", registro).fuera
    justify(casa.laura.actor, casa.tabla(), registro, None, MOTIVO)
    assert casa.hacer(casa.laura, "publicar", registro).hechos


def test_lo_capturado_antes_de_que_se_mirara_se_mira_al_aprobar(base: Base, casa: Casa) -> None:
    registro, modelo = capturar(casa, casa.julieta), casa.tabla().trabajo
    modelo.update(personales=None).where(modelo.sujeto_id == casa.metepec.id, modelo.id == registro).execute()
    ask_for_refresh(casa.tabla())
    assert casa.hacer(casa.laura, "publicar", registro).fuera
    assert casa.fila(registro).personales


def test_el_telefono_que_despues_es_de_la_institucion_deja_de_detener(base: Base, casa: Casa) -> None:
    registro = capturar(casa, casa.julieta, nota="Informes al 722 235 8200.")
    assert casa.hacer(casa.laura, "publicar", registro).fuera
    SujetoObligado.update(datos=json.dumps({"telefono": "722 235 8200"})).where(SujetoObligado.id == casa.metepec.id).execute()
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    assert casa.fila(registro).personales is None
    assert casa.fila(capturar(casa, casa.julieta, nota="Informes al 722 235 8200.")).personales is None
    assert casa.fila(capturar(casa, casa.ines, nota="Informes al 722 235 8200.")).personales
