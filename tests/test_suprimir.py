"""Suprimir un dato: sale de todas las versiones a la vez, en los dos motores, y no vuelve por ningún camino."""

import datetime as dt
import json
from typing import Any

import pytest

from models.actos import Acto, ContenidoAnterior, PubVersion
from models.actos_publicos import Clase, PubActo
from models.base import db
from models.borradores import Borrador
from models.busqueda.alcance import TODO
from models.busqueda.consulta import parse
from models.busqueda.motores import indice_de
from models.domain.errores import ActoImposible, Conflicto
from models.domain.protegidos import Protegido
from models.domain.supresion.orden import Objetivo, Orden, OrdenInvalida
from models.domain.validation import de_canonico
from models.domain.workflow.supresion import suprimir
from models.folios import a_folio, nuevo_id
from models.presentacion.protegido import is_protegido
from models.publicados import Publicados
from models.reloj import ahora, hoy
from tests.elenco import CLAVE, Casa, Persona
from tests.versiones import como_antes, versiones_de

DATO = "Xiquetez Tzompantzin 4471"
MOTIVO = "El campo traía la clave de población de una persona."
CAMPO = "nota"


def orden(*llaves: str, borrar: bool = False, motivo: str = MOTIVO, acta: str = "CT/12/2026") -> Orden:
    objetivos = tuple(Objetivo(*llave.split(".")) for llave in llaves or (CAMPO,))
    return Orden(objetivos, acta, dt.date(2026, 1, 20), motivo, borrar)


def hacer(casa: Casa, registro: int, persona: Persona | None = None, version: int | None = None, **mas: Any) -> Any:
    fila = casa.fila(registro)
    quien = persona or casa.laura
    return suprimir(quien.actor, casa.tabla(), registro, version or fila.version, orden(*mas.pop("llaves", ()), **mas))


def publicado_tres_veces(casa: Casa) -> int:
    """Dos versiones públicas con el dato, una sin él, y una edición de trabajo con otro."""
    registro = casa.capturar(casa.julieta, nota=f"Clave {DATO}")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, nota=f"La clave es {DATO}.")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, nota="")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, nota="Otra nota cualquiera.")
    return registro


def hallados(texto: str) -> list[int]:
    return [hallado.id for hallado in indice_de(db.obj).hallar(parse(texto), TODO)]


def rincones(casa: Casa) -> str:
    """Todo lo que la base dice, en un solo texto."""
    tablas = [tabla for tabla in db.get_tables() if not tabla.startswith(("pub_busqueda", "catalogo_version"))]
    return "\n".join(str(fila) for tabla in tablas for fila in db.execute_sql(f'SELECT * FROM "{tabla}"').fetchall())


def test_sale_de_todas_las_versiones_y_en_su_lugar_queda_la_marca(casa: Casa, publicados: Publicados) -> None:
    registro = publicado_tres_veces(casa)
    hecho = hacer(casa, registro, borrar=True)
    assert hecho.versiones == 2 and DATO not in rincones(casa)
    for version in versiones_de(casa.tabla(), registro):
        marca = json.loads(version.contenido).get("protegidos", {}).get(CAMPO)
        assert marca == (None if version.numero == 3 else {"acta": "CT/12/2026", "desde": hoy().isoformat()})
    fila = casa.fila(registro)
    assert isinstance(de_canonico(fila.contenido)[1][CAMPO], Protegido) and fila.nota is None, "lo de trabajo también"
    assert (fila.estado, fila.version) == ("capturado", hecho.version)
    metepec = publicados.institucion("metepec")
    assert metepec is not None
    casa.hacer(casa.laura, "publicar", registro)
    leido: Any = publicados.registro(metepec, casa.tabla(), registro)
    assert is_protegido(leido, CAMPO), "lo protegido no impide publicar y se publica protegido"


def test_de_una_base_de_antes_tampoco_queda_en_la_segunda_copia_de_la_version_de_hoy(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota=DATO)
    casa.hacer(casa.laura, "publicar", registro)
    assert como_antes() == 1 and DATO in rincones(casa)
    assert hacer(casa, registro, borrar=True).versiones == 1 and DATO not in rincones(casa)
    casa.editar(casa.laura, registro, objetivo="Otro")
    casa.hacer(casa.laura, "publicar", registro)
    primera, _ = versiones_de(casa.tabla(), registro)
    assert '"protegidos"' in primera.contenido and primera.hasta is not None


def test_la_busqueda_ya_no_lo_encuentra_y_lo_demas_si(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, denominacion_convenio="Reforestación", objetivo=f"Clave {DATO} de quien firma")
    casa.hacer(casa.laura, "publicar", registro)
    assert hallados(DATO) == [registro]
    hacer(casa, registro, llaves=["objetivo"], borrar=True)
    assert hallados(DATO) == [] and hallados("reforestación") == [registro]


def test_lo_que_no_cabe_se_dice_y_no_cambia_nada(casa: Casa) -> None:
    registro, nunca = publicado_tres_veces(casa), casa.capturar(casa.julieta, nota=DATO)
    sin_nota = casa.capturar(casa.julieta, nota="")
    casa.hacer(casa.laura, "publicar", sin_nota)
    antes = rincones(casa)
    with pytest.raises(ActoImposible, match="nunca ha sido público"):
        hacer(casa, nunca)
    with pytest.raises(ActoImposible, match="no ha tenido ningún dato público"):
        hacer(casa, sin_nota)
    with pytest.raises(Conflicto):
        hacer(casa, registro, version=1)
    for mal in ({"motivo": f"Decía: clave {DATO}."}, {"acta": f"La clave es {DATO}."}):
        with pytest.raises(OrdenInvalida) as dicho:
            hacer(casa, registro, **mal)
        assert set(dicho.value.problemas) == set(mal)
    assert rincones(casa) == antes


def test_de_un_retirado_tambien_y_de_una_columna_quedan_las_demas(casa: Casa) -> None:
    partes = [{"nombre": DATO, "primer_apellido": "Rosas"}, {"nombre": "Ana", "primer_apellido": "Vega"}]
    registro = casa.capturar(casa.julieta, contrapartes=partes)
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo=f"Traía a {DATO}.")
    assert hacer(casa, registro, llaves=["contrapartes.nombre"], borrar=True).versiones == 1
    [version] = PubVersion.select().where(PubVersion.registro_id == registro)
    datos, vacios = de_canonico(version.contenido)
    assert datos["contrapartes"] == [{"primer_apellido": "Rosas"}, {"primer_apellido": "Vega"}]
    assert vacios["contrapartes"].columnas == {"nombre"} and version.retiro == "Traía a [dato protegido]."
    assert casa.fila(registro).estado == "retirado" and DATO not in rincones(casa)
    hacer(casa, registro, llaves=["contrapartes.primer_apellido"], acta="CT/13/2026", borrar=True)
    [version] = PubVersion.select().where(PubVersion.registro_id == registro)
    datos, vacios = de_canonico(version.contenido)
    assert "contrapartes" not in datos and not vacios["contrapartes"].columnas, "sin más columnas, la tabla entera"
    assert casa.fila(registro).faltan == 0


def test_los_rastros_se_limpian(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota=DATO)
    casa.hacer(casa.laura, "devolver", registro, motivo=f"Quite a {DATO}, por favor.")
    casa.editar(casa.julieta, registro, nota=DATO + ".")
    casa.hacer(casa.laura, "publicar", registro)
    campos = json.dumps([["nota", DATO], ["nota__motivo", "algo"], ["objetivo", "El mismo"]])
    Borrador.create(sujeto_id=casa.metepec.id, id=nuevo_id(), usuario_id=casa.beto.id, clave=CLAVE, llave=a_folio(registro),
                    registro_id=registro, version=3, campos=campos, creado_en=ahora(), cambiado_en=ahora())
    hacer(casa, registro, borrar=True)
    assert json.loads(Borrador.get().campos) == [["objetivo", "El mismo"]]
    devuelto = Acto.get(Acto.acto == "devolver")
    assert devuelto.motivo == "Quite a [dato protegido], por favor." and DATO not in rincones(casa)
    assert ContenidoAnterior.select().where(ContenidoAnterior.registro_id == registro).exists(), "lo demás sigue en la historia"


def test_los_cambios_publicos_lo_dicen_y_el_pulso_se_mueve(casa: Casa, publicados: Publicados) -> None:
    registro = publicado_tres_veces(casa)
    antes = publicados.pulso.de(casa.metepec.id)
    hacer(casa, registro, borrar=True)
    [acto] = PubActo.select().where(PubActo.clase == Clase.PROTECCION)
    assert (acto.registro_id, acto.n, acto.saldo, acto.clave) == (registro, 1, 0, CLAVE) and "CT/12/2026" in acto.motivo
    assert publicados.pulso.de(casa.metepec.id) != antes
