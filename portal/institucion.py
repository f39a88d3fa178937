"""La página de una institución: sus datos y, artículo por artículo, lo que la ley le pide publicar."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from fracciones_config.paquete import Paquete
from models.busqueda.normalizador import tokens
from models.domain.cumplimiento import FALTA
from models.domain.cumplimiento import Situacion as DeCumplimiento
from models.publicados import Institucion, Obligacion, Situacion
from models.publicados.cumplimientos import Estado
from models.reloj import hoy
from portal.contexto import foto, publicados
from portal.cortes import read_corte
from portal.cumplimientos import SE_DICE, parts_of
from portal.direcciones import absolute, find_institucion, to_formato, to_logo
from portal.errores import NoExiste
from portal.institucion_al_dia import draw_institucion_al_dia, institucion_of
from portal.palabras import article_of, iso
from portal.peticion import read_texto
from portal.quienes import find_quienes
from portal.respuestas import download

bp = Blueprint("institucion", __name__)

COLUMNAS = ("clave", "nombre", "articulo", "fraccion", "situacion", "registros", "ultimo_cambio", "no_aplica",
            "direccion", "en_palabras", "cumplimiento", "falta", "limite")

VER: Mapping[str, str] = {
    "": "Todas", "publicado": "Solo lo publicado", "falta": "Solo lo que falta",
    **{str(cual): f"Solo: {dicho.lower()}" for cual, (dicho, _) in SE_DICE.items()}}
"""Lo que se puede elegir ver, en la dirección y en palabras."""


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
    """La página de una institución; con ``?al=``, como estaba ese día."""
    institucion, al = find_institucion(siglas), read_corte()
    if al is not None:
        return draw_institucion_al_dia(institucion, al)
    obligaciones = publicados().obligaciones(institucion)
    estados = states_of(institucion, obligaciones)
    ver, texto = _ver(), read_texto()
    elegidas = [o for o in obligaciones if _se_ve(o, estados.get(o.formato.clave), ver) and _se_llama(o, texto)]
    return render_template(
        "institucion.html", institucion=institucion, obligaciones=obligaciones, estados=estados,
        grupos=group_by_articulo(elegidas), elegidas=elegidas, ver=ver, texto=texto, opciones=_opciones(estados),
        partes=parts_of(estados.values()), quienes=find_quienes(institucion, obligaciones),
        organos=publicados().organos(institucion), ultima=max((o.ultima for o in obligaciones), default=0))


def states_of(institucion: Institucion, obligaciones: list[Obligacion]) -> Mapping[str, Estado]:
    """Cómo va hoy cada formato que le toca a la institución; lo que ya no le toca, aunque se lea, no se le pide."""
    suyas = [o.formato for o in obligaciones if o.formato.activo and (o.formato.clave in institucion.claves or o.no_aplica)]
    return publicados().cumplimientos.de(institucion, suyas, hoy())


def _ver() -> str:
    ver = request.args.get("ver", "")
    if ver not in VER:
        raise NoExiste("Las obligaciones no se pueden ver así.")
    return ver


def _opciones(estados: Mapping[str, Estado]) -> dict[str, str]:
    """Lo que tiene caso ofrecer: las situaciones en que hay algo."""
    hay = {str(estado.situacion) for estado in estados.values()}
    return {ver: dicho for ver, dicho in VER.items() if ver in ("", "publicado", "falta") or ver in hay}


def _se_ve(obligacion: Obligacion, estado: Estado | None, ver: str) -> bool:
    if ver in ("", "publicado"):
        return not ver or obligacion.n > 0
    situacion = estado.situacion if estado else None
    return situacion in FALTA if ver == "falta" else situacion == DeCumplimiento(ver)


def _se_llama(obligacion: Obligacion, texto: str) -> bool:
    """Si dice todas las palabras buscadas, en su nombre o en su explicación."""
    formato = obligacion.formato
    dicho = f"{formato.nombre} {formato.nombre_corto} {formato.en_palabras} {formato.descripcion} {formato.fraccion}"
    return not texto or bool(buscadas := set(tokens(texto))) and buscadas <= set(tokens(dicho))


@bp.get("/<siglas:siglas>.csv")
def en_csv(siglas: str) -> Response:
    """Sus obligaciones, en CSV."""
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(COLUMNAS)
    escritor.writerows([fila[columna] for columna in COLUMNAS] for fila in _filas(_institucion(siglas)))
    return download(salida.getvalue().encode(), "text/csv; charset=utf-8; header=present", f"{siglas}.csv")


@bp.get("/<siglas:siglas>.json")
def en_json(siglas: str) -> Response:
    """Sus datos y sus obligaciones, en JSON; con ``?al=``, los de ese día."""
    institucion = _institucion(siglas)
    cuerpo = {"siglas": institucion.siglas, "nombre": institucion.nombre, "poder": institucion.poder,
              "municipio": institucion.municipio, "datos": dict(institucion.datos),
              "enlaces": [{"nombre": nombre, "direccion": direccion} for nombre, direccion in institucion.enlaces],
              "logo": absolute(to_logo(siglas)) if institucion.logo else None,
              "extinta_desde": institucion.extinto_en,
              "obligaciones": _filas(institucion)}
    return download(json.dumps(cuerpo, ensure_ascii=False).encode(), "application/json", f"{siglas}.json")


def _institucion(siglas: str) -> Institucion:
    """La de hoy o, con ``?al=``, la de ese día."""
    institucion, al = find_institucion(siglas), read_corte()
    return institucion_of(institucion, al)[0] if al else institucion


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
    filas, al = [], read_corte()
    obligaciones = publicados().historia.obligaciones(institucion, al) if al else publicados().obligaciones(institucion)
    estados = {} if al else states_of(institucion, obligaciones)
    for o in obligaciones:
        estado = estados.get(o.formato.clave)
        falta = estado.principal if estado and estado.situacion in FALTA else None
        valores = (o.formato.clave, o.formato.nombre, o.formato.articulo, o.formato.fraccion, str(o.situacion), o.n,
                   iso(o.ultima) if o.ultima else "", o.no_aplica.fundamento if o.no_aplica else "",
                   absolute(to_formato(institucion.siglas, o.formato.clave)), o.formato.en_palabras,
                   str(estado.situacion) if estado else "",
                   f"{falta.periodo.ejercicio}-{falta.periodo.clave}" if falta and falta.periodo else "",
                   falta.limite.isoformat() if falta and falta.limite else "")
        filas.append(dict(zip(COLUMNAS, valores, strict=True)))
    return filas
