"""Leer renglones por trozos y por columnas: cada columna del trozo de una vez, y al final se juntan los renglones.

Así, de cada celda común no se hace más que buscarla entre las ya leídas y unir pedazos. Lo que sale es lo mismo que darían
``validation.validar`` y ``workflow.contenido.columns_of`` renglón por renglón (``tests/test_revision_igual.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.busqueda.normalizador import REPETICIONES_MAXIMAS, tokens_de
from models.domain.repetidos import cifra_de
from models.hojas.disposicion import motivo_de
from models.hojas.revision.apuntes import Apuntes, Leido, Suceso
from models.hojas.revision.celdas import Celda, Falla, Novedad
from models.hojas.revision.columnas import Columna
from models.hojas.revision.condiciones import build_condicion
from models.hojas.revision.entorno import Entorno
from models.hojas.revision.expediente import BAJA, BUENO, MALO
from models.hojas.revision.hojas import Reconocido
from models.hojas.revision.motivos import Motivos
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.seguimiento import Seguido, Seguimiento
from models.hojas.revision.subtablas import ColumnaDeTabla
from models.presentacion.textos import texto

Filas = Sequence[tuple[int, list[Any]]]
Partes = list[Any]
"""De una columna de un trozo, sus celdas vueltas listas: pedazos, huellas, columnas, palabras, datos y novedades."""

DATOS, HUELLA, FISICA, PALABRAS, DATO, NOVEDAD = range(6)
_SIN_SEGUIR = Seguido()


class Compilado:
    """El lector de los renglones de un libro reconocido."""

    def __init__(self, pedido: Pedido, reconocido: Reconocido, entorno: Entorno) -> None:
        self.campos, self._pedido = pedido.formato.campos, pedido
        self._tablas, self._apuntes = reconocido.tablas, Apuntes(self.campos, reconocido)
        self._posiciones = reconocido.principal.posiciones
        self.columnas = [self._columna(campo, entorno) for campo in self.campos]
        self._orden = sorted(range(len(self.campos)), key=lambda i: self.campos[i].nombre)
        lugar = {campo.nombre: i for i, campo in enumerate(self.campos)}
        self._de_ejercicio, self._de_periodo = lugar.get("ejercicio"), lugar.get("periodo")
        self._de_area = lugar.get("area_responsable")
        self._relevantes = [i for i in range(len(self.campos)) if i not in (self._de_ejercicio, self._de_periodo)]
        self._buscables = [i for i, campo in enumerate(self.campos) if campo.se_busca]
        self._condiciones = {i: build_condicion(campo, pedido.formato, lugar) for i, campo in enumerate(self.campos)}
        self._motivos = Motivos(pedido.formato, entorno.propios)
        self._seguimiento = Seguimiento(self._posiciones, reconocido.identidad)

    def _columna(self, campo: Campo, entorno: Entorno) -> Columna | ColumnaDeTabla:
        if campo.tipo is TipoCampo.TABLA:
            return ColumnaDeTabla(campo, entorno, self._tablas.get(campo.nombre))
        return Columna(campo, entorno)

    @property
    def fisicas(self) -> tuple[str, ...]:
        return self._pedido.fisicas

    def read(self, filas: Filas) -> Leido:
        """Lee un trozo de renglones."""
        cuantas, crudas = len(filas), list(zip(*(celdas for _, celdas in filas), strict=False))
        sucesos: dict[int, Suceso] = {}
        partes = [self._read_columna(i, crudas, cuantas, sucesos) for i in range(len(self.campos))]
        self._read_motivos(crudas, sucesos)
        self._check_periodo(partes, sucesos)
        return self._join(filas, crudas, partes, sucesos)

    def _read_columna(self, i: int, crudas: list[tuple[Any, ...]], cuantas: int, sucesos: dict[int, Suceso]) -> list[Any]:
        """Las partes de una columna del trozo, cada una en su lista."""
        columna, omision = self.columnas[i], self._omision(i)
        posicion = self._posiciones.get(self.campos[i].nombre)
        if posicion is None or posicion >= len(crudas):
            celdas: Sequence[Celda] = columna.read_todas([omision]) * cuantas
        elif omision == "":
            celdas = columna.read_todas(crudas[posicion])
        else:
            celdas = columna.read_todas([omision if crudo == "" else crudo for crudo in crudas[posicion]])
        partes = list(zip(*celdas, strict=False))
        if any(partes[NOVEDAD]):
            for renglon, novedad in enumerate(partes[NOVEDAD]):
                if novedad is not None:
                    sucesos.setdefault(renglon, Suceso()).novedades.append((i, novedad))
        return partes

    def _omision(self, i: int) -> Any:
        """Lo que vale una celda en blanco: el ejercicio y el periodo que se eligieron al subir el libro."""
        if i == self._de_ejercicio:
            return str(self._pedido.ejercicio or "")
        return (self._pedido.periodo or "") if i == self._de_periodo else ""

    def _read_motivos(self, crudas: list[tuple[Any, ...]], sucesos: dict[int, Suceso]) -> None:
        """Junta cada «No aplica» con su motivo, que viene en otra columna."""
        con_causa = {(renglon, i): novedad.causa for renglon, suceso in sucesos.items() for i, novedad in suceso.novedades
                     if novedad.causa}
        for i, campo in enumerate(self.campos):
            posicion = self._posiciones.get(motivo_de(campo.nombre))
            motivos = crudas[posicion] if posicion is not None and posicion < len(crudas) else ()
            if any(motivos):
                con_causa |= {(renglon, i): con_causa.get((renglon, i), "") for renglon, motivo in enumerate(motivos) if motivo}
        for (renglon, i), causa in con_causa.items():
            campo = self.campos[i]
            posicion = self._posiciones.get(motivo_de(campo.nombre))
            motivo = crudas[posicion][renglon] if posicion is not None and posicion < len(crudas) else ""
            suceso = sucesos.setdefault(renglon, Suceso())
            vacio, falla, hallazgos = self._motivos.read(campo, causa, motivo)
            if vacio:
                suceso.vacios[campo.nombre] = vacio
                suceso.hallazgos += hallazgos
            elif falla is not None:
                suceso.de_motivos.append((i, falla))

    def _check_periodo(self, partes: list[Any], sucesos: dict[int, Suceso]) -> None:
        """Un renglón de otro año o de otro periodo que los elegidos se señala en su celda."""
        for i, elegido, que in ((self._de_ejercicio, self._pedido.ejercicio, "ejercicio"),
                                (self._de_periodo, self._pedido.periodo, "periodo")):
            if i is None or elegido is None or set(partes[i][DATO]) <= {elegido, None}:
                continue
            for renglon, dato in enumerate(partes[i][DATO]):
                if dato not in (elegido, None):
                    dicho, esperado = texto(self.campos[i], dato), texto(self.campos[i], elegido)
                    falla = Falla(f"Dice {dicho} y este libro se está subiendo para {esperado}. Súbalo eligiendo el {que} que "
                                  "le toca, o corrija la celda.", "periodo", dicho)
                    sucesos.setdefault(renglon, Suceso()).novedades.append((i, Novedad((falla,))))

    def _join(self, filas: Filas, crudas: list[tuple[Any, ...]], partes: list[Partes], sucesos: dict[int, Suceso]) -> Leido:
        """Los renglones enteros."""
        leido, cuantas = Leido(), len(filas)
        datos = [",".join(filter(None, t)) for t in zip(*(partes[i][DATOS] for i in self._orden), strict=True)]
        huellas = [",".join(filter(None, t)) for t in zip(*(partes[i][HUELLA] for i in self._orden), strict=True)]
        fisicas = list(zip(*(partes[i][FISICA] for i in self._relevantes), strict=True))
        con_algo = [any(t) for t in zip(*(partes[i][DATOS] for i in self._relevantes), strict=True)]
        palabras, faltan = self._palabras(partes, cuantas), self._faltan(partes, sucesos, cuantas)
        ejercicios, periodos = self._de(partes, self._de_ejercicio, DATO, 0, cuantas), self._de(
            partes, self._de_periodo, DATO, "", cuantas)
        areas = self._de(partes, self._de_area, FISICA, None, cuantas)
        seguidos = self._seguimiento.read(crudas, cuantas)
        for r, (fila, celdas) in enumerate(filas):
            seguido, suceso = seguidos.get(r, _SIN_SEGUIR), sucesos.get(r)
            if seguido.es_ejemplo and self._seguimiento.is_intacto(celdas) or not (
                    con_algo[r] or r in seguidos or suceso and suceso.says_algo(self._relevantes)):
                continue
            accion, vacios, personales = self._note(leido, fila, seguido, suceso)
            leido.renglones.append((
                fila, accion, seguido.folio, seguido.registro_id, seguido.version, seguido.motivo, ejercicios[r], periodos[r],
                faltan[r], f'{{"datos":{{{datos[r]}}},"vacios":{vacios}}}', palabras[r],
                cifra_de(f"[{{{huellas[r]}}},{vacios}]".encode()), personales, areas[r], None, *fisicas[r]))
        return leido

    def _note(self, leido: Leido, fila: int, seguido: Seguido, suceso: Suceso | None) -> tuple[str, str, str | None]:
        """La acción de un renglón, sus vacíos en JSON y sus datos personales; lo raro queda apuntado. De lo que se pide dar de
        baja no se lee nada más."""
        accion = BUENO
        if seguido.fallas:
            accion = MALO
            self._apuntes.note_sistema(leido, fila, seguido.fallas)
        if seguido.baja:
            return BAJA if accion == BUENO else accion, "{}", None
        if suceso is None:
            return accion, "{}", None
        if seguido.folio is None and suceso.vacios:
            suceso.refuse_protegidos(self.campos)
        if accion == BUENO:
            accion = self._apuntes.note(leido, fila, suceso)
        return accion, suceso.vacios_json(), self._apuntes.personales_of(suceso)

    @staticmethod
    def _de(partes: list[Partes], i: int | None, parte: int, omision: Any, cuantas: int) -> Sequence[Any]:
        """Lo de un campo común; en los formatos que no lo tienen, ``omision``."""
        if i is None:
            return [omision] * cuantas
        suyas: Sequence[Any] = partes[i][parte]
        return [omision if valor is None else valor for valor in suyas] if None in suyas else suyas

    def _palabras(self, partes: list[Any], cuantas: int) -> list[str]:
        if not self._buscables:
            return [""] * cuantas
        unidas = [" ".join(filter(None, t)) for t in zip(*(partes[i][PALABRAS] for i in self._buscables), strict=True)]
        return [(f" {unida} " if unida.count(" ") < REPETICIONES_MAXIMAS else self._contadas(partes, r)) if unida else ""
                for r, unida in enumerate(unidas)]

    def _contadas(self, partes: list[Any], r: int) -> str:
        """Las palabras de un renglón que trae tantas que quizá no quepan todas."""
        return tokens_de([texto(self.campos[i], partes[i][DATO][r]) for i in self._buscables if partes[i][DATO][r] is not None])

    def _faltan(self, partes: list[Any], sucesos: dict[int, Suceso], cuantas: int) -> list[int]:
        """Cuánto le falta a cada renglón: lo que se pide, no tiene valor ni razón para no tenerlo, y no está mal escrito."""
        faltan = [0] * cuantas
        for i, campo in enumerate(self.campos):
            condicion = self._condiciones[i]
            if condicion is None or "" not in partes[i][DATOS]:
                continue
            for r, pedazo in enumerate(partes[i][DATOS]):
                if pedazo == "" and condicion(partes, r) and not (r in sucesos and sucesos[r].excuses(i, campo.nombre)):
                    faltan[r] += 1
        for r, suceso in sucesos.items():
            faltan[r] += sum(novedad.incompleta for _, novedad in suceso.novedades)
        return faltan
