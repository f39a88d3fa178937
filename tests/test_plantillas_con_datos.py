"""La plantilla con lo que ya está: cada celda, leída otra vez, da el mismo registro. En todos los formatos."""

from typing import Any

from fracciones_config import Campo, TipoCampo
from models.domain.catalogo_vigente import vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.validation import de_canonico, validar
from models.folios import a_folio, de_folio
from models.hojas.plantillas.nombres import Nombres, names_of_maestros
from tests.elenco import Casa
from tests.plantillas import pedir, registros


def test_lo_que_ya_esta_se_lee_igual_en_todos_los_formatos(casa: Casa, motor: str) -> None:
    """En PostgreSQL bastan unos cuantos: lo que cambia ahí es solo cómo se leen los registros."""
    contexto = ContextoDeSujeto(casa.metepec.id)
    nombres = {tipo: names_of_maestros(casa.metepec.id, tipo) for tipo in (
        TipoCampo.AREA, TipoCampo.SERVIDOR_PUBLICO, TipoCampo.ORGANO_COLEGIADO)}
    claves = [clave for clave, tabla in vigente.foto.tablas.items() if tabla.formato.proyeccion is None]
    assert len(claves) > 50
    for clave in claves if motor == "sqlite" else ("convenios", "licitaciones", "marco_normativo"):
        formato = casa.tabla(clave).formato
        fila = casa.fila(casa.capturar(casa.laura, clave), clave)
        datos, _ = de_canonico(fila.contenido)
        [leida] = registros(pedir(casa, clave, casa.laura, con_datos=True), casa, clave)
        assert leida["folio"] == a_folio(fila.id) and leida["version"] == fila.version
        crudo = {campo.nombre: _a_folios(campo, leida[campo.nombre], nombres, datos) for campo in formato.campos
                 if campo.nombre in leida}
        assert validar(formato, crudo, {}, contexto).datos == datos, clave


def test_cada_registro_tiene_su_numero_en_las_tablas(casa: Casa) -> None:
    partes = [[{"nombre": "Ana", "primer_apellido": "Rosas"}],
              [{"razon_social": "Sauces, A.C."}, {"razon_social": "Pinos, A.C."}]]
    for contrapartes in partes:
        casa.capturar(casa.julieta, contrapartes=contrapartes)
    leidas = registros(pedir(casa, persona=casa.julieta, con_datos=True), casa)
    assert [fila["contrapartes"] for fila in leidas] == partes


def test_con_miles_de_registros_va_de_trozo_en_trozo(casa: Casa, monkeypatch: Any) -> None:
    monkeypatch.setattr("models.hojas.plantillas.renglones.TROZO", 2)
    folios = [a_folio(casa.capturar(casa.julieta)) for _ in range(5)]
    assert [fila["folio"] for fila in registros(pedir(casa, persona=casa.julieta, con_datos=True), casa)] == folios


def _a_folios(campo: Campo, celda: Any, nombres: dict[TipoCampo, Nombres], datos: dict[str, Any]) -> Any:
    """Lo que en la celda va por nombre, por folio: quien lo busca es la carga."""
    if campo.es_maestro:
        [folio] = [a_folio(uno) for uno, nombre in nombres[campo.tipo].de.items() if nombre == celda]
        assert de_folio(folio)
        return folio
    if campo.tipo is TipoCampo.ARCHIVO:
        assert celda == datos[campo.nombre]["nombre"]
        return datos[campo.nombre]
    return celda
