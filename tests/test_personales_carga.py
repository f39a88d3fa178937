"""Los datos personales que entran por un libro: el mismo veredicto que por el formulario, y el motivo con su autor."""

import json
from typing import Any

import pytest

from models.actos import Acto
from models.base import db
from models.domain.errores import ActoImposible
from models.domain.personales import is_blocking
from models.domain.workflow import guardar
from models.domain.workflow.justificacion import find_justificacion
from models.hojas.cargas import confirm_carga, undo_carga
from models.hojas.cargas.oficio import do_cargar
from models.tareas import Trabajo
from tests.bases import Base
from tests.cargador import Renglon, releer, subir
from tests.elenco import Casa
from tests.libros import libro
from tests.ordenes import CLAVE, Orden
from tests.test_cargas_trabajo import CAMPOS

pytest_plugins = "tests.consola"

CURP = "BOXW310820HNERXN09"
NOTAS = (f"Trae la CURP {CURP}", "Informes: rosa@gmail.com o 722 226 1980", "Nada que aclarar", "RFC GODE561231GR8",
         "CLABE 002010077777777771", "C. Juan Pérez López, calle Morelos 123, Col. Centro")
MOTIVO = "Lo pide la cláusula octava del convenio."


def de_la_base(casa: Casa, clave: str = CLAVE) -> list[Any]:
    modelo = casa.tabla(clave).trabajo
    return list(modelo.select().where(modelo.sujeto_id == casa.metepec.id).order_by(modelo.id))


def confirmar(casa: Casa, carga: Any, motivo: str = "") -> None:
    confirm_carga(casa.julieta.actor, carga, solo_buenos=False, personales_motivo=motivo)
    list(do_cargar(Trabajo.get(Trabajo.id == releer(carga).trabajo_id)))


def test_el_proceso_lector_guarda_el_mismo_veredicto_que_el_formulario(
    con_casa: Orden, casa: Casa, base_propia: Base, tmp_path: Any,
) -> None:
    with db.connection_context():
        crudo = casa.crudo(casa.julieta, monto_recursos="1350000.00")
        columnas = (*CAMPOS, "nota")
        filas = [[{**crudo, "nota": nota, "denominacion_convenio": f"Convenio {i}"}[campo] for campo in columnas]
                 for i, nota in enumerate(NOTAS)]
        (tmp_path / "convenios.xlsx").write_bytes(libro(columnas, *filas))
    resultado = con_casa("cargar", "metepec", CLAVE, str(tmp_path / "convenios.xlsx"), "--usuario", "capt1.metepec",
                         "--motivo-personales", MOTIVO)
    assert resultado.exit_code == 0, resultado.output
    assert CURP not in resultado.output
    with db.connection_context():
        cargados = {json.loads(fila.contenido)["datos"]["nota"]: fila for fila in de_la_base(casa)}
        for nota in NOTAS:
            a_mano = casa.fila(casa.capturar(casa.julieta, nota=nota, denominacion_convenio="A mano"))
            assert cargados[nota].personales == a_mano.personales, nota
            assert cargados[nota].personales_motivo == (MOTIVO if a_mano.personales else None)
        assert Acto.select().where(Acto.acto == "justificar").count() == len(NOTAS) - 1


def test_el_motivo_de_la_carga_queda_con_su_autor_y_deja_publicar(base: Base, casa: Casa) -> None:
    carga = subir(casa, casa.julieta, *(casa.crudo(casa.julieta, nota=nota) for nota in NOTAS[:3]))
    confirmar(casa, carga, MOTIVO)
    filas = de_la_base(casa)
    assert [fila.personales_motivo for fila in filas] == [MOTIVO, MOTIVO, None]
    dicho = find_justificacion(filas[0], filas[0].personales)
    assert dicho is not None and (dicho.usuario_id, dicho.motivo, dicho.version) == (casa.julieta.id, MOTIVO, 1)
    assert casa.hacer(casa.laura, "publicar", *(fila.id for fila in filas)).fuera == []


def test_sin_motivo_entran_y_no_salen(base: Base, casa: Casa) -> None:
    confirmar(casa, subir(casa, casa.julieta, *(casa.crudo(casa.julieta, nota=nota) for nota in NOTAS[:3])))
    resultado = casa.hacer(casa.laura, "publicar", *(fila.id for fila in de_la_base(casa)))
    assert len(resultado.hechos) == 1 and all("datos personales" in fuera.razon for fuera in resultado.fuera)


def test_un_motivo_que_no_dice_nada_o_dice_el_dato_no_se_confirma(base: Base, casa: Casa) -> None:
    carga = subir(casa, casa.julieta, casa.crudo(casa.julieta, nota=NOTAS[0]))
    for malo in ("ok", f"Porque es {CURP}"):
        with pytest.raises(ActoImposible):
            confirm_carga(casa.julieta.actor, carga, solo_buenos=False, personales_motivo=malo)
    assert not de_la_base(casa)


def test_lo_que_no_se_publica_no_toma_el_motivo_de_la_carga(base: Base, casa: Casa) -> None:
    clave = "padrones"
    bueno = casa.crudo(casa.julieta, clave)
    confirmar(casa, subir(casa, casa.julieta, bueno | {"denominacion_programa": f"Apoyo {CURP}"}, bueno | {"nota": NOTAS[0]},
                          clave=clave, nombre="padron.xlsx"), MOTIVO)
    bloqueada, avisada = sorted(de_la_base(casa, clave), key=lambda fila: not is_blocking(fila.personales))
    assert is_blocking(bloqueada.personales) and bloqueada.personales_motivo is None
    assert avisada.personales_motivo == MOTIVO
    assert [acto.registro_id for acto in Acto.select().where(Acto.acto == "justificar")] == [avisada.id]
    assert casa.hacer(casa.laura, "publicar", bloqueada.id, clave=clave).fuera


def test_cargar_cambios_conserva_el_motivo_si_los_datos_son_los_mismos(base: Base, casa: Casa) -> None:
    crudo = casa.crudo(casa.julieta, nota=NOTAS[0])
    ids = [guardar(casa.julieta.actor, casa.tabla(), crudo | {"denominacion_convenio": f"C {i}"}, personales_motivo=MOTIVO).id
           for i in range(2)]
    carga = subir(casa, casa.julieta, Renglon(crudo | {"denominacion_convenio": "Otro nombre"}, ids[0], 1),
                  Renglon(crudo | {"denominacion_convenio": "C 1", "nota": NOTAS[3]}, ids[1], 1))
    confirmar(casa, carga)
    assert [casa.fila(uno).personales_motivo for uno in ids] == [MOTIVO, None]
    undo_carga(casa.julieta.actor, releer(carga))
    assert [casa.fila(uno).personales_motivo for uno in ids] == [MOTIVO, MOTIVO]
