"""Lo que se ve de una carga antes de confirmarla: renglón por renglón, qué le pasaría y por qué."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Formato
from models.domain.faltantes import find_faltantes
from models.domain.permissions import Accion, Actor, condiciones
from models.domain.validation import de_canonico
from models.formatos import Tabla
from models.hojas.revision.expediente import Expediente
from models.presentacion.contraste import Contraste, contrasts_of
from models.presentacion.registro import title_of, title_of_datos
from models.presentacion.textos import corto

POR_PAGINA = 25

VISTAS: Mapping[str, str] = {
    "errores": "accion = 'malo'",
    "por_corregir": "accion = 'por_corregir'",
    "nuevos": "accion = 'nuevo'",
    "cambian": "accion = 'cambia'",
    "bajas": "accion = 'baja'",
    "incompletos": "accion IN ('nuevo', 'cambia') AND faltan > 0",
    "iguales": "accion = 'igual'",
}
"""Lo que se puede ver de un libro, por el nombre que lleva en la dirección; en el orden en que urge."""

_VACIOS: tuple[dict[str, Any], dict[str, Any]] = ({}, {})


@dataclass(frozen=True, slots=True)
class Visto:
    """Un renglón del libro. ``celdas``: (etiqueta, texto) de lo que se lista; ``cambios``, de lo que hay a lo que quedaría;
    ``problemas`` y ``correcciones``, sus celdas; ``faltan``, las etiquetas de lo que se le debe."""

    fila: int
    accion: str
    titulo: str
    causa: str
    baja_motivo: str
    celdas: list[tuple[str, str]] = field(default_factory=list)
    cambios: list[Contraste] = field(default_factory=list)
    problemas: list[Mapping[str, Any]] = field(default_factory=list)
    correcciones: list[Mapping[str, Any]] = field(default_factory=list)
    faltan: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Previa:
    """Una página de renglones; ``siguiente`` es la fila con que se pide la que sigue."""

    vista: str
    vistos: list[Visto]
    siguiente: int | None


def choose_vista(pedida: str, cuentas: Mapping[str, int]) -> str:
    """La que se pidió o, si no se entiende, la primera que tenga algo, por urgencia."""
    if pedida in VISTAS:
        return pedida
    return next((vista for vista in VISTAS if cuentas.get(vista)), "nuevos")


def build_previa(actor: Actor, tabla: Tabla, expediente: Expediente, vista: str, despues: int = 0) -> Previa:
    """La página de esa vista que sigue a la fila ``despues``. La memoria es la de una página."""
    filas = expediente.base.execute(
        f"SELECT fila, accion, registro_id, baja_motivo, contenido, causa, faltan FROM renglon "
        f"WHERE {VISTAS[vista]} AND fila > ? ORDER BY fila LIMIT ?", (despues, POR_PAGINA + 1)).fetchall()
    estas = filas[:POR_PAGINA]
    titulos = _titulos(actor, tabla, [f["registro_id"] for f in estas if f["registro_id"] and f["accion"] == "baja"])
    vistos = [_visto(tabla.formato, expediente, f, titulos) for f in estas]
    return Previa(vista, vistos, estas[-1]["fila"] if len(filas) > POR_PAGINA else None)


def _visto(formato: Formato, expediente: Expediente, fila: Mapping[str, Any], titulos: Mapping[int, str]) -> Visto:
    datos, vacios = de_canonico(fila["contenido"]) if fila["contenido"] else _VACIOS
    numero, accion = int(fila["fila"]), str(fila["accion"])
    con_celdas = accion in ("malo", "por_corregir")
    faltan = find_faltantes(formato, datos, vacios) if fila["faltan"] else []
    return Visto(
        numero, accion, titulos.get(fila["registro_id"]) or title_of_datos(formato, datos), fila["causa"] or "",
        fila["baja_motivo"] or "",
        celdas=[(c.etiqueta, leido) for c in formato.en_lista() if (leido := corto(c, datos.get(c.nombre)))],
        cambios=_cambios(formato, expediente, numero) if accion == "cambia" else [],
        problemas=expediente.list_de("problema", fila=numero) if con_celdas else [],
        correcciones=expediente.list_de("correccion", fila=numero) if con_celdas else [],
        faltan=[formato.por_nombre[nombre].etiqueta for nombre in faltan if nombre in formato.por_nombre])


def _cambios(formato: Formato, expediente: Expediente, fila: int) -> list[Contraste]:
    """De las diferencias que el cotejo apuntó: ``{campo: [antes, ahora]}``; lo vacío con razón es su causa y su motivo."""
    apuntado = expediente.base.execute("SELECT cambios FROM cambio WHERE fila = ?", (fila,)).fetchone()
    lados: tuple[dict[str, Any], ...] = ({}, {}, {}, {})
    for campo, par in (json.loads(apuntado[0]) if apuntado else {}).items():
        for lado, valor in enumerate(par):
            if valor is not None:
                es_vacio = isinstance(valor, dict) and "causa" in valor
                lados[2 * lado + es_vacio][campo] = valor
    return contrasts_of(formato, (lados[0], lados[1]), (lados[2], lados[3]))


def _titulos(actor: Actor, tabla: Tabla, registros: Iterable[int]) -> dict[int, str]:
    """El nombre de los registros que se piden dar de baja: el libro puede no traer sus datos."""
    ids = list(registros)
    if not ids:
        return {}
    modelo = tabla.trabajo
    filas = modelo.select(modelo.id, modelo.contenido).where(*condiciones(actor, Accion.VER, tabla), modelo.id.in_(ids))
    return {fila.id: title_of(tabla.formato, fila) for fila in filas}
