"""Armar el pedido con que se manda leer un libro: lo que hay que saber de la institución, de una vez y sin el libro."""

from __future__ import annotations

import json
from typing import Any

from fracciones_config import TipoCampo
from models.adjuntos import Archivo
from models.cargas import Carga, CargaArchivo
from models.domain.catalogo_vigente import vigente
from models.domain.contexto import MAESTRO
from models.domain.personales import propios_of
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.cargas.consulta import read_opciones
from models.hojas.cargas.huecos import dato_de
from models.hojas.revision.anteriores import read_anteriores
from models.hojas.revision.pedido import Maestro, Pedido
from models.maestros import Area
from models.sujetos import SujetoObligado


def build_pedido(tabla: Tabla, carga: Carga) -> Pedido:
    """El pedido de una carga, con los maestros y los archivos de este momento."""
    opciones, sujeto = read_opciones(carga), SujetoObligado.get(SujetoObligado.id == carga.sujeto_id)
    return Pedido(
        formato=tabla.formato, columnas=tabla.columnas, siglas=sujeto.siglas, institucion=sujeto.nombre, numero=tabla.numero,
        nombre=carga.nombre, forma=carga.forma or "", ejercicio=opciones.get("ejercicio"), periodo=opciones.get("periodo"),
        maestros=_maestros(tabla, carga.sujeto_id), archivos=read_archivos(carga), receta=tuple(json.loads(carga.receta)),
        propios=propios_of(json.loads(sujeto.datos)).to_json(), anteriores=read_anteriores(tabla.formato),
        formatos={formato.clave: formato.nombre_corto for formato in vigente.foto.catalogo.formatos})


def read_archivos(carga: Carga) -> dict[str, dict[str, Any]]:
    """Los archivos que llegaron junto al libro: nombre plegado → su dato."""
    union = (Archivo.sujeto_id == CargaArchivo.sujeto_id) & (Archivo.id == CargaArchivo.archivo_id)
    filas = CargaArchivo.select(CargaArchivo.nombre, Archivo).join(Archivo, on=union).where(
        CargaArchivo.sujeto_id == carga.sujeto_id, CargaArchivo.carga_id == carga.id)
    return {fila.nombre: dato_de(fila.archivo) for fila in filas}


def _maestros(tabla: Tabla, sujeto_id: int) -> dict[str, tuple[Maestro, ...]]:
    """Los de los tipos que el formato usa. De un área va también el nombre de la que depende, para distinguir a dos iguales."""
    usados = [tipo for tipo in MAESTRO if any(campo.tipo is tipo for campo in tabla.formato.campos)]
    return {str(tipo.value): tuple(_of_tipo(tipo, sujeto_id)) for tipo in usados}


def _of_tipo(tipo: TipoCampo, sujeto_id: int) -> list[Maestro]:
    modelo = MAESTRO[tipo]
    if modelo is not Area:
        return [Maestro(a_folio(id_), nombre, vivo=baja is None) for id_, nombre, baja in modelo.select(
            modelo.id, modelo.nombre, modelo.baja_en).where(modelo.sujeto_id == sujeto_id).order_by(modelo.id).tuples()]
    areas = list(Area.select(Area.id, Area.nombre, Area.padre_id, Area.baja_en).where(
        Area.sujeto_id == sujeto_id).order_by(Area.id).tuples())
    nombres = {id_: nombre for id_, nombre, _, _ in areas}
    return [Maestro(a_folio(id_), nombre, nombres.get(padre, ""), baja is None) for id_, nombre, padre, baja in areas]
