"""El expediente de una carga, visto por quien hace el libro de errores: qué celdas hay que marcar y qué renglones son malos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from fracciones_config import Formato
from models.hojas.errores.estilos import POR_CORREGIR, PROPUESTA
from models.hojas.errores.faltas import Falta, say_propuesta

MAXIMAS = 200_000
"""Faltas que se marcan de un libro; las demás se dicen, y salen en la siguiente vuelta."""

_TODAS = f"""
    SELECT * FROM (
    SELECT fila, hoja, celda, etiqueta, leido, mensaje, '{POR_CORREGIR}' AS clase, '' AS queda, rowid AS orden
    FROM problema
    UNION ALL
    SELECT fila, hoja, celda, campo, leido, '', '{PROPUESTA}', queda, rowid FROM correccion WHERE NOT aceptada
    UNION ALL
    SELECT fila, NULL, NULL, '', COALESCE(folio, ''), causa, '{POR_CORREGIR}', '', 0 FROM renglon
    WHERE accion = 'malo' AND causa IS NOT NULL AND NOT EXISTS (SELECT 1 FROM problema p WHERE p.fila = renglon.fila))
    ORDER BY fila IS NULL DESC, fila, orden LIMIT {MAXIMAS}"""
_MALOS = "SELECT fila FROM renglon WHERE accion IN ('malo', 'por_corregir') ORDER BY fila"
_FOLIO = "SELECT letra FROM columna WHERE hoja = ? AND campo = 'folio' AND letra IS NOT NULL"
_PRIMERA = "SELECT letra FROM columna WHERE hoja = ? AND letra IS NOT NULL ORDER BY posicion"


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna reconocida del libro: dónde está y qué llave es."""

    hoja: str
    letra: str
    llave: str


class Expedido:
    """El expediente, abierto solo para leerlo."""

    def __init__(self, ruta: Path, formato: Formato) -> None:
        self._base = sqlite3.connect(f"file:{ruta}?mode=ro", uri=True)
        self._base.execute("PRAGMA trusted_schema = 0")
        self._formato = formato
        hojas = dict(self._base.execute("SELECT clase, nombre FROM hoja ORDER BY orden DESC"))
        self.principal = str(hojas.pop("principal"))
        self._columnas = self._read_columnas()
        self.tablas = {clase.partition(":")[2]: nombre for clase, nombre in hojas.items() if clase.startswith("tabla:")}

    def close(self) -> None:
        self._base.close()

    def faltas(self) -> Iterator[Falta]:
        """Todas, por renglón. Lo que no tiene celda va a la del folio o a la primera de su renglón."""
        letra = self._letra_del_renglon()
        for fila, hoja, celda, columna, leido, mensaje, clase, queda, _ in self._base.execute(_TODAS):
            lugar = celda or (f"{letra}{fila}" if fila and letra else None)
            rotulo = self._rotulo(columna, hoja, celda) if clase == PROPUESTA else columna
            yield Falta(fila, hoja or self.principal, lugar, rotulo or "Todo el renglón", str(leido or ""),
                        str(mensaje or "") if clase == POR_CORREGIR else say_propuesta(queda), clase)

    def malos(self) -> list[int]:
        """Las filas que no se pueden cargar todavía."""
        return [fila for (fila,) in self._base.execute(_MALOS)]

    def columnas(self) -> list[Columna]:
        """Las que se reconocieron, en todas las hojas."""
        return self._columnas

    def _read_columnas(self) -> list[Columna]:
        return [Columna(hoja, letra, subcampo or campo) for hoja, letra, campo, subcampo in self._base.execute(
            "SELECT hoja, letra, campo, subcampo FROM columna WHERE letra IS NOT NULL AND campo IS NOT NULL")]

    def filas(self) -> list[int]:
        """Las filas de todos sus renglones."""
        return [fila for (fila,) in self._base.execute("SELECT fila FROM renglon ORDER BY fila")]

    @property
    def hojas(self) -> tuple[str, ...]:
        """Las de datos."""
        return (self.principal, *self.tablas.values())

    def _rotulo(self, nombre: str, hoja: str, celda: str | None) -> str:
        """Cómo se llama la columna de una corrección; si es de una tabla, con el nombre de esta por delante."""
        campo = self._formato.por_nombre[nombre]
        letra = (celda or "").rstrip("0123456789")
        suyo = next((c.llave for c in self._columnas if hoja != self.principal and (c.hoja, c.letra) == (hoja, letra)), None)
        return f"{campo.etiqueta}: {campo.subcampo(suyo).etiqueta}" if suyo else campo.etiqueta

    def _letra_del_renglon(self) -> str:
        hallada = self._base.execute(_FOLIO, (self.principal,)).fetchone() or self._base.execute(
            _PRIMERA, (self.principal,)).fetchone()
        return str(hallada[0]) if hallada else ""
