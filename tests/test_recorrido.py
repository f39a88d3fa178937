"""EMPIECE AQUÍ: un formato recorre la casa entera, de su YAML a lo que lee la ciudadanía. Cada paso es una capa."""

import shutil
from pathlib import Path

from fracciones_config.revision import read_archivos
from models.base import db
from models.domain.workflow import aplicar, guardar
from models.folios import a_folio
from models.publicados import Publicados
from tests.bases import CATALOGO, Base
from tests.catalogos import poner_en_vigor
from tests.elenco import Casa

ARBOLES = """
nombre: Árboles plantados
nombre_corto: Árboles
articulo: 12
fraccion: XXX
descripcion: Cuántos árboles plantó la institución, dónde y cuánto costaron.
instrucciones: Un registro por jornada de plantación. Tenga a la mano el acta.
se_cuenta: [jornada, jornadas]
aplica_a: [municipal]
modo: por_periodo
periodicidad: trimestral
conservacion: {anteriores: 1, texto: El ejercicio en curso y el anterior.}
titulo: [paraje]
fuentes: [{que: obligacion, texto: Inventado para esta prueba., certeza: baja}]
grupos: [{clave: jornada, titulo: La jornada}]
campos:
  - {nombre: paraje, tipo: texto, etiqueta: Paraje, ayuda: Dónde se plantó., ejemplo: Cerro de los Magueyes,
     grupo: jornada, obligatorio: true, en_lista: true, se_busca: true}
  - {nombre: arboles, tipo: entero, etiqueta: Árboles, ayuda: Cuántos se plantaron., ejemplo: "6,000",
     grupo: jornada, obligatorio: true, en_lista: true, sumable: true}
  - {nombre: costo, tipo: moneda, etiqueta: Costo, ayuda: Lo que costó., ejemplo: "$48,500.00", grupo: jornada}
"""


def test_del_yaml_a_la_ciudadania(tmp_path: Path, base_propia: Base, casa: Casa, publicados: Publicados) -> None:
    # Capa 0. El formato es un archivo, junto a los campos comunes y el paquete de su ley.
    for comun in ("comunes.yaml", "paquetes"):
        copiar = shutil.copytree if (CATALOGO / comun).is_dir() else shutil.copy
        copiar(CATALOGO / comun, tmp_path / comun)
    (tmp_path / "formatos").mkdir()
    (tmp_path / "formatos" / "arboles.yaml").write_text(ARBOLES, encoding="utf-8")

    # Capa 1. Al ponerlo en vigor nacen sus dos tablas: la de trabajo y la pública.
    tabla = poner_en_vigor(read_archivos(tmp_path)).tablas["arboles"]
    assert {"reg_arboles", "pub_arboles"} <= set(db.get_tables())

    # Capa 2. Julieta captura lo que sabe; lo que falta se dice, y se guarda en rojo.
    julieta, ernesto, laura = casa.julieta.actor, casa.ernesto.actor, casa.laura.actor
    tecleado = {"ejercicio": "2026", "periodo": "3er. trimestre", "paraje": "Cerro de los Magueyes", "costo": "$48,500",
                "area_responsable": casa.metepec.obras}
    capturado = guardar(julieta, tabla, tecleado)
    assert (capturado.version, capturado.validacion.faltan) == (1, ["arboles"])

    # Ernesto no puede darlo por revisado así; Julieta lo completa.
    pendiente = aplicar(ernesto, "revisar", tabla, [(capturado.id, 1)])
    assert pendiente.fuera[0].razon == "Falta un dato obligatorio."
    completo = guardar(julieta, tabla, tecleado | {"arboles": "6,000"}, registro=capturado.id, version=1)

    # Ernesto revisa y Laura, de la Unidad, publica. Mientras, la ciudadanía no ve nada.
    metepec = publicados.institucion("metepec")
    assert metepec is not None and publicados.registro(metepec, tabla, completo.id) is None
    assert aplicar(ernesto, "revisar", tabla, [(completo.id, 2)]).hechos == [completo.id]
    assert aplicar(laura, "publicar", tabla, [(completo.id, 3)]).hechos == [completo.id]

    # Lo publicado: el dato, con la misma forma en toda la casa (``docs/arquitectura.md``).
    [registro] = publicados.registros(metepec, tabla, 2026).registros
    assert registro.folio == a_folio(completo.id)
    assert registro.datos == {
        "ejercicio": 2026, "periodo": "T3", "paraje": "Cerro de los Magueyes", "arboles": 6000, "costo": "48500.00",
        "area_responsable": {"id": casa.metepec.obras, "texto": "Dirección de Obras Públicas"}}

    # Corregirlo no cambia lo público hasta que Laura vuelva a aprobar.
    guardar(julieta, tabla, tecleado | {"arboles": "5,990"}, registro=completo.id, version=4)
    assert publicados.registros(metepec, tabla, 2026).registros == (registro,)
