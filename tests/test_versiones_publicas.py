"""Cada contenido público está una vez: lo de hoy en su copia, lo demás en ``pub_version``; y las bases de antes sirven."""

from pathlib import Path

import pytest

from models.actos import PubVersion
from models.archivos.almacen import AlmacenEnDisco
from models.base import db
from models.domain.acuses import verify_acuse
from models.domain.catalogo_vigente import vigente
from models.verificacion import verify
from models.versiones_publicas import read_versiones
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa
from tests.test_acuses import confirmar
from tests.versiones import como_antes, versiones_de

RETIRO = "Se publicó por duplicado."


def dichas(casa: Casa, registro: int) -> list[tuple[int, bool, bool, str | None]]:
    """De cada versión: su número, si dice «Antes», si es la de hoy y por qué se retiró."""
    return [(v.numero, "Antes" in v.contenido, v.hasta is None, v.retiro) for v in versiones_de(casa.tabla(), registro)]


def guardadas() -> int:
    return int(PubVersion.select().count())


def test_lo_de_hoy_esta_solo_en_su_copia_y_pasa_a_las_versiones_al_corregirse_o_retirarse(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo="Antes")
    casa.hacer(casa.laura, "publicar", registro)
    assert (guardadas(), dichas(casa, registro)) == (0, [(1, True, True, None)])
    casa.editar(casa.julieta, registro, objetivo="Ahora")
    assert guardadas() == 0, "corregir sin publicar no cambia lo público"
    casa.hacer(casa.laura, "publicar", registro)
    assert (guardadas(), dichas(casa, registro)) == (1, [(1, True, False, None), (2, False, True, None)])
    primera, segunda = versiones_de(casa.tabla(), registro)
    assert primera.desde == primera.validado_en < primera.hasta == segunda.desde == segunda.validado_en  # type: ignore[operator]
    assert primera.actualizado_en < segunda.actualizado_en
    casa.hacer(casa.laura, "retirar", registro, motivo=RETIRO)
    assert (guardadas(), dichas(casa, registro)) == (2, [(1, True, False, None), (2, False, False, RETIRO)])
    integro(base)


def test_se_piden_las_de_muchos_o_la_de_un_numero_y_nada_de_otra_institucion(casa: Casa) -> None:
    registros = [casa.capturar(casa.julieta, objetivo="Antes") for _ in range(3)]
    casa.hacer(casa.laura, "publicar", *registros)
    casa.editar(casa.julieta, registros[1], objetivo="Ahora")
    casa.hacer(casa.laura, "publicar", registros[1])
    leidas = read_versiones(db.obj, CLAVE, casa.metepec.id, registros[::-1])
    assert [(v.registro_id, v.numero) for v in leidas] == [
        (registros[0], 1), (registros[1], 1), (registros[1], 2), (registros[2], 1)]
    [segunda] = read_versiones(db.obj, CLAVE, casa.metepec.id, registros, 2)
    assert (segunda.registro_id, segunda.hasta) == (registros[1], None)
    assert read_versiones(db.obj, CLAVE, casa.metepec.id, []) == read_versiones(db.obj, CLAVE, 0, registros) == []
    assert read_versiones(db.obj, "padrones", casa.metepec.id, registros) == [], "son de otro formato"


@pytest.mark.parametrize("acto", ["publicar", "retirar"])
def test_una_base_de_antes_sirve_sin_rehacerla(acto: str, base: Base, casa: Casa, tmp_path: Path) -> None:
    """Tenía la versión de hoy también en ``pub_version``: no se lee dos veces, y al cerrarla queda como las demás."""
    registro, otro = (casa.capturar(casa.julieta, objetivo="Antes") for _ in range(2))
    lote = confirmar(casa, casa.laura, "publicar", registro, otro)
    assert como_antes() == guardadas() == 2
    assert dichas(casa, registro) == [(1, True, True, None)] and verify_acuse(lote) is True
    casa.editar(casa.julieta, registro, objetivo="Ahora")
    casa.hacer(casa.laura, acto, registro, motivo=RETIRO)
    cerrada = (1, True, False, None if acto == "publicar" else RETIRO)
    assert dichas(casa, registro) == [cerrada, *([(2, False, True, None)] if acto == "publicar" else [])]
    assert guardadas() == 2 and verify_acuse(lote) is True, "la del otro sigue donde estaba"
    mal = {nombre for nombre, hallazgos in verify(vigente.foto, AlmacenEnDisco(tmp_path)) if hallazgos}
    assert mal == {"los archivos están completos"}, "los del elenco no están en el disco"
    integro(base)
