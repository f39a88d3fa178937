"""La página de una institución: sus datos y, artículo por artículo, lo que la ley le pide publicar."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from fracciones_config.paquete import Paquete
from models.publicados import Institucion, Obligacion, Situacion
from portal.contexto import foto, publicados
from portal.direcciones import absolute, find_institucion, to_formato, to_logo
from portal.palabras import article_of, iso
from portal.respuestas import download

bp = Blueprint("institucion", __name__)

COLUMNAS = ("clave", "nombre", "articulo", "fraccion", "situacion", "registros", "ultimo_cambio", "no_aplica",
            "direccion")


@dataclass(frozen=True, slots=True)
class Grupo:
    """Las obligaciones de un artículo."""

    ancla: str
    paquete: Paquete | None
    numero: int
    titulo: str
    obligaciones: list[Obligacion]

    @property
    def publicadas(self) -> int:
        return sum(o.situacion is Situacion.PUBLICADO for o in self.obligaciones)


@bp.get("/<siglas:siglas>/")
def pagina(siglas: str) -> str:
    """La página de una institución."""
    institucion = find_institucion(siglas)
    obligaciones = publicados().obligaciones(institucion)
    return render_template("institucion.html", institucion=institucion, grupos=group_by_articulo(obligaciones),
                           obligaciones=obligaciones, organos=publicados().organos(institucion),
                           ultima=max((o.ultima for o in obligaciones), default=0))


@bp.get("/<siglas:siglas>.csv")
def en_csv(siglas: str) -> Response:
    """Sus obligaciones, en CSV."""
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(COLUMNAS)
    escritor.writerows([fila[columna] for columna in COLUMNAS] for fila in _filas(find_institucion(siglas)))
    return download(salida.getvalue().encode(), "text/csv; charset=utf-8; header=present", f"{siglas}.csv")


@bp.get("/<siglas:siglas>.json")
def en_json(siglas: str) -> Response:
    """Sus datos y sus obligaciones, en JSON."""
    institucion = find_institucion(siglas)
    cuerpo = {"siglas": institucion.siglas, "nombre": institucion.nombre, "poder": institucion.poder,
              "municipio": institucion.municipio, "datos": dict(institucion.datos),
              "enlaces": [{"nombre": nombre, "direccion": direccion} for nombre, direccion in institucion.enlaces],
              "logo": absolute(to_logo(siglas)) if institucion.logo else None,
              "extinta_desde": institucion.extinto_en,
              "obligaciones": _filas(institucion)}
    return download(json.dumps(cuerpo, ensure_ascii=False).encode(), "application/json", f"{siglas}.json")


def group_by_articulo(obligaciones: list[Obligacion]) -> list[Grupo]:
    """Las obligaciones por artículo de cada ley, en su orden."""
    catalogo = foto().catalogo
    grupos: dict[tuple[str, int], Grupo] = {}
    for obligacion in obligaciones:
        formato = obligacion.formato
        llave = (formato.paquete, formato.articulo)
        if llave not in grupos:
            articulo = article_of(catalogo, formato)
            grupos[llave] = Grupo(f"articulo-{formato.articulo}-{len(grupos) + 1}",
                                  catalogo.paquete_por_clave.get(formato.paquete), formato.articulo,
                                  articulo.titulo if articulo else "", [])
        grupos[llave].obligaciones.append(obligacion)
    return list(grupos.values())


def _filas(institucion: Institucion) -> list[dict[str, object]]:
    filas = []
    for o in publicados().obligaciones(institucion):
        valores = (o.formato.clave, o.formato.nombre, o.formato.articulo, o.formato.fraccion, str(o.situacion), o.n,
                   iso(o.ultima) if o.ultima else "", o.no_aplica.fundamento if o.no_aplica else "",
                   absolute(to_formato(institucion.siglas, o.formato.clave)))
        filas.append(dict(zip(COLUMNAS, valores, strict=True)))
    return filas
