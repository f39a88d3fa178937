"""De un registro publicado, los renglones oficiales que le tocan: en la hoja principal y en cada subtabla."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.oficial import ColumnaOficial, LibroOficial, TablaOficial
from fracciones_config.sipot.campos import DESDE, HASTA
from models.domain.periods import EJERCICIO_VIGENTE, periodo
from models.hojas.sipot.celdas import Celda, write_celda
from models.hojas.sipot.memoria import Memoria, RenglonDeTabla
from models.hojas.sipot.partidos import split_opcion
from models.presentacion.fechas import momento
from models.presentacion.textos import ROTULO_DE_CAUSA, texto_vacio

Celdas = dict[int, Celda]
_TEXTUALES = (1, 2, 14)


@dataclass(frozen=True, slots=True)
class Publicado:
    """Un registro publicado, con las fechas que ve la ciudadanía y, si llegó en un libro oficial y sigue igual, su memoria."""

    id: int
    ejercicio: int
    periodo: str
    datos: Mapping[str, Any]
    vacios: Mapping[str, Any]
    actualizado_en: int
    validado_en: int
    memoria: Memoria | None = None


@dataclass(slots=True)
class Escrito:
    """Los renglones de un registro: los de la hoja principal y, por hoja oficial, los de subtablas (sin ``id``: se les da)."""

    renglones: list[Celdas]
    tablas: dict[str, list[RenglonDeTabla]] = field(default_factory=dict)
    sin_columna: list[Campo] = field(default_factory=list)
    vacios: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Escribe los registros de un formato en un libro. ``ejercicio`` es el pedido; ``direccion``, la de un archivo;
    ``persona``, su nombre y apellidos por separado."""

    formato: Formato
    oficial: LibroOficial
    ejercicio: int
    direccion: Callable[[Mapping[str, Any]], str]
    persona: Callable[[Mapping[str, Any]], Mapping[str, str]]

    def write(self, registro: Publicado) -> Escrito:
        """Los renglones de un registro, sin numerar sus subtablas."""
        base: Celdas = {}
        escrito = Escrito([base])
        for columna in self.oficial.columnas:
            if not columna.tabla and not columna.en:
                base[columna.posicion or 1] = self._celda(registro, columna, escrito)
        memoria = registro.memoria
        if memoria is None and "nota" not in registro.datos:
            self._explain(registro, base)
        for tabla in self.oficial.tablas:
            if suyos := self._de_tabla(registro, tabla):
                escrito.tablas[tabla.hoja] = suyos
        escrito.renglones += self._de_en(registro, base)
        if memoria is not None:
            self._recall(memoria, escrito)
        escrito.sin_columna = self._sin_columna(registro)
        return escrito

    def _celda(self, registro: Publicado, columna: ColumnaOficial, escrito: Escrito) -> Celda:
        if columna.parte == "validacion":
            return momento(registro.validado_en).date()
        if columna.parte == "actualizacion":
            return momento(registro.actualizado_en).date()
        if columna.campo == "ejercicio":
            return registro.ejercicio if registro.ejercicio != EJERCICIO_VIGENTE else self.ejercicio
        if columna.campo == "periodo":
            return self._fecha(registro, columna.parte == "inicio")
        campo = self.formato.por_nombre.get(columna.campo or "")
        if campo is None:
            return None
        if (vacio := registro.vacios.get(campo.nombre)) is not None and campo.nombre not in registro.datos:
            escrito.vacios[columna.posicion or 1] = texto_vacio(vacio)
            return ROTULO_DE_CAUSA.get(vacio["causa"]) if columna.codigo in _TEXTUALES else None
        return self._de_campo(campo, columna, registro.datos)

    def _de_campo(self, campo: Campo, columna: ColumnaOficial, datos: Mapping[str, Any]) -> Celda:
        """Lo de un campo; un enlace cuyo documento se adjuntó lleva la dirección pública del documento."""
        if (archivo := self._archivo_de(campo, columna, datos)) is not None:
            return self.direccion(archivo)
        dato = datos.get(campo.nombre)
        if dato is None:
            return None
        if columna.parte in ("clave", "denominacion"):
            return split_opcion(campo, str(dato))[0 if columna.parte == "clave" else 1]
        if columna.parte:
            return self.persona(dato).get(columna.parte) or None
        return write_celda(campo, dato, self.oficial.listas.get(columna.lista or "", ()))

    def _archivo_de(self, campo: Campo, columna: ColumnaOficial, datos: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """El archivo del campo, o el de su gemelo: el que cita el mismo título oficial."""
        if campo.tipo is TipoCampo.ARCHIVO:
            propio: Mapping[str, Any] | None = datos.get(campo.nombre)
            return propio
        if campo.tipo is not TipoCampo.URL:
            return None
        gemelos = [c.nombre for c in self.formato.campos if c.tipo is TipoCampo.ARCHIVO and c.sipot and c.sipot == campo.sipot]
        return next((datos[nombre] for nombre in gemelos if nombre in datos), None)

    def _fecha(self, registro: Publicado, inicio: bool) -> Celda:
        """El primer o último día del periodo; lo que no es un periodo completo trae su propia fecha."""
        propia = registro.datos.get(DESDE if inicio else HASTA)
        if propia is not None:
            return dt.date.fromisoformat(str(propia))
        if registro.ejercicio == EJERCICIO_VIGENTE:
            completo = periodo(self.ejercicio, "A")
        elif not registro.periodo:
            return None
        else:
            completo = periodo(registro.ejercicio, registro.periodo)
        return completo.inicio if inicio else completo.fin

    def _explain(self, registro: Publicado, base: Celdas) -> None:
        """SIPOT no tiene dónde decir por qué falta un dato: va en la nota, si el registro no trae otra."""
        dichos = [f"{self.formato.por_nombre[nombre].etiqueta}: {texto_vacio(vacio)}"
                  for nombre, vacio in registro.vacios.items() if nombre in self.formato.por_nombre]
        columna = next((c for c in self.oficial.columnas if c.campo == "nota"), None)
        if dichos and columna is not None:
            base[columna.posicion or 1] = " ".join(dichos)

    def _de_tabla(self, registro: Publicado, tabla: TablaOficial) -> list[RenglonDeTabla]:
        """Los renglones de una subtabla; los de una que aquí son campos sueltos caben en uno."""
        if tabla.campo is None:
            celdas = {c.posicion or 1: self._de_campo(self.formato.por_nombre[c.campo], c, registro.datos)
                      for c in tabla.columnas if c.campo in self.formato.por_nombre}
            return [RenglonDeTabla(0, None, celdas)] if any(celda is not None for celda in celdas.values()) else []
        campo = self.formato.por_nombre.get(tabla.campo)
        filas = registro.datos.get(tabla.campo, ()) if campo is not None else ()
        return [RenglonDeTabla(0, None, {c.posicion or 1: self._de_campo(campo.subcampo(c.campo), c, fila)
                                         for c in tabla.columnas if c.campo}) for fila in filas if campo is not None]

    def _de_en(self, registro: Publicado, base: Celdas) -> list[Celdas]:
        """Lo que aquí es tabla y allá columnas de la hoja principal: el primer renglón va en ``base``; los otros la repiten."""
        columnas = [c for c in self.oficial.columnas if c.en]
        if not columnas:
            return []
        tabla = self.formato.por_nombre[str(columnas[0].en)]
        comun = dict(base)
        renglones = [comun | {c.posicion or 1: self._de_campo(tabla.subcampo(str(c.campo)), c, fila) for c in columnas}
                     for fila in registro.datos.get(tabla.nombre, ())]
        base.update(renglones[0] if renglones else {})
        return renglones[1:]

    def _recall(self, memoria: Memoria, escrito: Escrito) -> None:
        """Pone lo recordado encima de lo escrito: así el renglón queda como llegó."""
        escrito.renglones[0].update(memoria.renglones[0] if memoria.renglones else {})
        escrito.renglones += [dict(renglon) for renglon in memoria.renglones[1:]]
        for hoja, recordados in memoria.tablas.items():
            escritos = escrito.tablas.get(hoja, [])
            de_una = any(t.hoja == hoja and t.campo is None for t in self.oficial.tablas)
            if sum(r.con_datos for r in recordados) == len(escritos) or de_una:
                escrito.tablas[hoja] = list(self._merge(recordados, [] if de_una else escritos))

    @staticmethod
    def _merge(recordados: list[RenglonDeTabla], escritos: list[RenglonDeTabla]) -> Iterator[RenglonDeTabla]:
        siguientes = iter(escritos)
        for recordado in recordados:
            celdas = dict(next(siguientes).literales) if recordado.con_datos else {}
            yield RenglonDeTabla(recordado.fila, recordado.id, celdas | recordado.literales)

    def _sin_columna(self, registro: Publicado) -> list[Campo]:
        """Los campos con dato que el libro no pide; de un enlace y su archivo basta que vaya uno."""
        pedidos = {c.campo for c in self.oficial.columnas} | {c.en for c in self.oficial.columnas} | {DESDE, HASTA}
        pedidos |= {c.campo for tabla in self.oficial.tablas if tabla.campo is None for c in tabla.columnas}
        titulos = {c.sipot for c in self.formato.campos if c.nombre in pedidos and c.sipot}
        return [c for c in self.formato.campos if c.nombre in registro.datos and c.nombre not in pedidos
                and not (c.tipo is TipoCampo.ARCHIVO and c.sipot in titulos)]
