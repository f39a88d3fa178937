"""El lector de una columna: de lo que dice cada celda a una ``Celda``. Recuerda lo ya leído mientras se repita."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.lectores.crudo import DatoInvalido, is_blank, plegar, to_linea
from models.domain.lectura import leer
from models.domain.protegidos import CAUSA
from models.domain.validation import complete_dato
from models.hojas.disposicion import CAUSAS, PALABRAS_DE_CAUSA
from models.hojas.libros.marcas import SIN_CALCULAR
from models.hojas.receta import Clase, classify, repair
from models.hojas.revision.celdas import BLANCA, Armador, Celda, Correccion, Falla, Lector, Novedad
from models.hojas.revision.entorno import Entorno
from models.hojas.revision.rapidas import CORTOS
from models.hojas.revision.referencias import find_archivo, find_maestro

ERRORES_DE_HOJA = frozenset({"#n/a", "#n/d", "#ref!", "#¡ref!", "#value!", "#¡valor!", "#valor!", "#div/0!", "#¡div/0!",
                             "#name?", "#¿nombre?", "#num!", "#¡num!", "#null!", "#¡nulo!", "err:502", "err:508", "err:522"})
CON_ERROR = "La celda trae un error de la hoja de cálculo, no un valor. Corrija la fórmula, o escriba el valor."
_SIN_CALCULAR = ("La celda trae una fórmula que todavía no se ha calculado. Abra el libro en su hoja de cálculo, guárdelo y "
                 "súbalo otra vez; o escriba el valor.")

_POR_CAUSA = {plegar(texto): causa for causa, texto in CAUSAS.items()} | {
    "no se genero": "no_se_genero", "informacion reservada": "reservado", "reservada": "reservado",
    plegar(PALABRAS_DE_CAUSA[CAUSA]): CAUSA}
_PRUEBA, _BASTAN, _TOPE = 4_000, 0.5, 20_000
"""Celdas tras las que se ve si recordar sirve, qué parte repetida se pide, y cuántas distintas se recuerdan cuando más."""


class _Memoria(dict[Any, Celda]):
    """Lo ya leído de una columna."""

    def __init__(self, lector: Lector) -> None:
        super().__init__()
        self._lector = lector

    def __missing__(self, crudo: Any) -> Celda:
        celda = self[crudo] = self._lector(crudo)
        return celda


class Columna:
    """Lee las celdas de un campo, o de la columna de un campo ``tabla``: ahí ``de_tabla`` es el nombre de este, y «No aplica»
    no dice nada."""

    def __init__(self, campo: Campo, entorno: Entorno, de_tabla: str = "") -> None:
        self.campo, self._entorno, self._de_tabla = campo, entorno, de_tabla
        self._armador = Armador(campo, entorno.propios)
        self._corto = CORTOS[campo.tipo](campo)
        self._memoria, self._leidas, self._recuerda = _Memoria(self.read), 0, True

    def read_todas(self, crudos: Sequence[Any]) -> list[Celda]:
        """Las celdas de un trozo, en su orden."""
        if bool in set(map(type, crudos)):
            crudos = [("Sí" if crudo else "No") if crudo.__class__ is bool else crudo for crudo in crudos]
        if not self._recuerda:
            return self._read_distintas(crudos)
        celdas = [self._memoria[crudo] for crudo in crudos]
        self._leidas += len(crudos)
        distintas = len(self._memoria)
        if self._leidas >= _PRUEBA and distintas > self._leidas * _BASTAN:
            self._recuerda = False
        if distintas > _TOPE or not self._recuerda:
            self._memoria.clear()
        return celdas

    def _read_distintas(self, crudos: Sequence[Any]) -> list[Celda]:
        """Las de una columna en que casi nada se repite."""
        corto, build, largo = self._corto, self._armador.build, self._read_largo
        if corto is None:
            return [self.read(crudo) for crudo in crudos]
        return [largo(crudo) if (dato := corto(crudo)) is None else build(dato) for crudo in crudos]

    def read(self, crudo: Any) -> Celda:
        """Una celda."""
        if crudo == "":
            return BLANCA
        if self._corto is not None and (dato := self._corto(crudo)) is not None:
            return self._armador.build(dato)
        return self._read_largo(crudo)

    def _read_largo(self, crudo: Any) -> Celda:
        if is_blank(crudo):
            return BLANCA
        if crudo.__class__ is dt.timedelta:
            crudo = _hora_de(crudo)
        if crudo.__class__ is str and len(crudo) < 40:
            plegado = plegar(crudo)
            if causa := self._causa(plegado):
                return BLANCA._replace(novedad=Novedad(causa=causa))
            if crudo == SIN_CALCULAR:
                return _con_falla(Falla(_SIN_CALCULAR, "error", "fórmula"))
            if plegado in ERRORES_DE_HOJA:
                return _con_falla(Falla(CON_ERROR, "error", crudo))
        if self.campo.tipo is TipoCampo.ARCHIVO:
            return self._read_archivo(crudo)
        return self._read_o_proponer(crudo)

    def _read_o_proponer(self, crudo: Any) -> Celda:
        """Lo que se lee tal cual; y lo que se entiende pero no está en su forma, con su corrección."""
        campo = self.campo
        try:
            dato = self._leer(crudo)
            if self._is_oficial(classify(campo, crudo, dato)):
                return self._armador.build(dato)
        except DatoInvalido as error:
            if (propuesta := repair(campo, crudo, self._entorno.receta)) is None:
                return _con_falla(Falla(str(error), "valor", show(crudo)))
        else:
            if (propuesta := repair(campo, crudo, self._entorno.receta)) is None:
                return self._armador.build(dato)
        queda, clase = str(propuesta[0]), str(propuesta[1])
        novedad = Novedad(correcciones=(Correccion(
            clase, show(crudo), queda, f"{self._de_tabla or campo.nombre}|{clase}" in self._entorno.aceptadas),))
        if causa := self._causa(plegar(queda)):
            return BLANCA._replace(novedad=Novedad(correcciones=novedad.correcciones, causa=causa))
        try:
            return self._armador.build(self._leer(propuesta[0]), novedad)
        except DatoInvalido as error:
            return _con_falla(Falla(str(error), "valor", show(crudo)))

    def _is_oficial(self, clase: Clase | None) -> bool:
        return clase is None or self._entorno.oficial and clase is Clase.ESPACIOS

    def _leer(self, crudo: Any) -> Dato:
        """El dato completo, como lo dejaría ``validar``."""
        if self.campo.es_maestro:
            crudo = find_maestro(self.campo, crudo, self._entorno.receta)
        dato = leer(self.campo, crudo)
        assert dato is not None
        return complete_dato(self.campo, dato, self._entorno.formato, self._entorno.contexto)

    def _read_archivo(self, crudo: Any) -> Celda:
        """El archivo que la celda nombra; si todavía no llega, el campo queda en blanco y el nombre se apunta."""
        try:
            nombre = to_linea(crudo, 1_000, "el nombre de un archivo")
            hallado = find_archivo(nombre, self._entorno.archivos)
            if hallado is None:
                return BLANCA._replace(novedad=Novedad(archivo=(nombre, None)))
            dato = complete_dato(self.campo, {"id": str(hallado["id"])}, self._entorno.formato, self._entorno.contexto)
        except DatoInvalido as error:
            return _con_falla(Falla(str(error), "archivo", show(crudo)))
        return self._armador.build(dato, Novedad(archivo=(nombre, str(hallado["id"]))))

    def _causa(self, plegado: str) -> str:
        """Por qué está vacía una celda que lo dice; si es una de las opciones del campo, es un valor."""
        causa = _POR_CAUSA.get(plegado, "")
        opciones = self.campo.opciones.items() if causa else ()
        es_opcion = any(plegado in (plegar(clave), plegar(rotulo)) for clave, rotulo in opciones)
        return "" if es_opcion or self._de_tabla else causa


def show(crudo: Any) -> str:
    """Lo que decía una celda, para enseñarlo: en un renglón y hasta 200 letras."""
    if crudo.__class__ is float and crudo.is_integer():
        return str(int(crudo))
    if isinstance(crudo, dt.date):
        return f"{crudo:%d/%m}/{crudo.year:04}" + (f"{crudo: %H:%M}" if isinstance(crudo, dt.datetime) else "")
    return " ".join(str(crudo).split())[:200]


def _con_falla(falla: Falla) -> Celda:
    return BLANCA._replace(novedad=Novedad(fallas=(falla,)))


def _hora_de(dura: dt.timedelta) -> str:
    """Una celda de horas y minutos, como se escribiría."""
    minutos = int(dura.total_seconds()) // 60
    return f"{minutos // 60:02}:{minutos % 60:02}"
