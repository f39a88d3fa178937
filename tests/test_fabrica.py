"""La fábrica llena cualquier formato: cada ejemplo del catálogo sirve para su campo, y cabe en las dos tablas."""

import pytest

from models.archivos.subida import sniff
from models.domain.contexto import ContextoDeSujeto
from models.domain.permissions import Actor, Rol
from models.domain.validation import validar
from models.domain.workflow import aplicar, guardar
from tests.bases import CATALOGO
from tests.elenco import Casa
from tests.fabrica import crudo_de, pdf

CLAVES = sorted(ruta.stem for ruta in (CATALOGO / "formatos").glob("*.yaml"))


def test_hay_formatos_que_llenar() -> None:
    assert len(CLAVES) >= 54


def test_todo_formato_se_llena_completo_con_sus_ejemplos(casa: Casa) -> None:
    fallas = {}
    for clave in CLAVES:
        formato, contexto = casa.tabla(clave).formato, ContextoDeSujeto(casa.metepec.id)
        validacion = validar(formato, crudo_de(formato, casa.metepec.referencias), {}, contexto)
        if not validacion.completa or validacion.datos.keys() != formato.por_nombre.keys():
            fallas[clave] = [*validacion.problemas, *validacion.faltan]
    assert fallas == {}


def test_todo_formato_se_guarda_y_se_publica(casa: Casa) -> None:
    todo = Actor(casa.laura.id, "Laura Nava", Rol.UNIDAD, casa.metepec.id, frozenset(CLAVES))
    for clave in CLAVES:
        tabla = casa.tabla(clave)
        registro = guardar(todo, tabla, crudo_de(tabla.formato, casa.metepec.referencias)).id
        assert aplicar(todo, "publicar", tabla, [(registro, 1)]).hechos == [registro], clave
        assert casa.publica(registro, clave).contenido == casa.fila(registro, clave).contenido


def test_un_campo_que_no_existe_se_dice(casa: Casa) -> None:
    with pytest.raises(KeyError, match="convenios no tiene color"):
        casa.crudo(casa.julieta, color="azul")


def test_el_pdf_de_prueba_es_un_pdf() -> None:
    assert sniff(pdf("Contrato")) == "pdf" and pdf("Contrato") != pdf("Convenio")
