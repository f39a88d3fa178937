"""De los renglones de un libro oficial a hojas con nuestra disposición, y lo que hay que recordar de cada registro."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.oficial import ColumnaOficial, LibroOficial, TablaOficial
from fracciones_config.sipot.campos import DESDE, HASTA
from fracciones_config.sipot.titulos import llano, separar_tabla
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectura import leer
from models.domain.periods import etiqueta
from models.hojas.disposicion import ID, admite_motivo, hojas_de_tablas, motivo_de
from models.hojas.sipot.celdas import Celda
from models.hojas.sipot.lecturas import is_aviso, is_causa, needs_recall, translate
from models.hojas.sipot.memoria import Memoria, RenglonDeTabla
from models.hojas.sipot.mesa import Mesa
from models.hojas.sipot.partidos import join_partes
from models.hojas.sipot.periodos import read_lapso
from models.hojas.sipot.renglones import Celdas, RegistroOficial, group_renglones, id_column
from models.hojas.sipot.subtablas import RenglonUnido, Subtabla
from models.presentacion.fechas import fecha as to_fecha

Filas = Iterable[tuple[int, Sequence[Any]]]

SIN_MOTIVO = "El libro oficial no dice el motivo."
AVISOS_MAXIMOS = 50


@dataclass(slots=True)
class Traduccion:
    """Nuestras hojas (la principal primero), lo que hay que recordar por fila del libro, y lo que no tuvo dónde guardarse."""

    mesas: list[Mesa]
    memorias: dict[int, Memoria] = field(default_factory=dict)
    avisos: list[str] = field(default_factory=list)


class Traductor:
    """Traduce un libro de un formato. ``areas`` va del nombre llano al nombre con que está registrada cada una."""

    def __init__(self, formato: Formato, oficial: LibroOficial, areas: Mapping[str, str]) -> None:
        self.formato, self.oficial, self.areas = formato, oficial, areas
        self._listas = _listas_de(formato)
        self._archivos = {titulo: campo for campo in formato.campos if campo.tipo is TipoCampo.ARCHIVO
                          for titulo in map(llano, campo.sipot)}
        self._hojas = hojas_de_tablas(formato)

    def translate(self, principal: Filas, tablas: Mapping[str, Filas]) -> Traduccion:
        """``principal`` y ``tablas`` (por hoja oficial) son los renglones de datos, con su número de fila."""
        self._mesa = Mesa("", max((c.posicion or 1) for c in self.oficial.columnas))
        self._place_columnas()
        self._subtablas = {t.hoja: Subtabla(t, tablas.get(t.hoja, ())) for t in self.oficial.tablas}
        self._de_tabla = {nombre: Mesa(hoja, 1) for nombre, hoja in self._hojas.items()}
        for tabla in self.oficial.tablas:
            self._place_tabla(tabla)
        self._sale = Traduccion([self._mesa, *self._de_tabla.values()])
        for registro in group_renglones(principal, self.oficial):
            self._translate_registro(registro)
        self._tell_sueltos()
        return self._sale

    def _place_columnas(self) -> None:
        for columna in self.oficial.columnas:
            if columna.campo in self.formato.por_nombre and not columna.en and columna.parte != "termino":
                self._mesa.place(str(columna.campo), columna.posicion or 1)

    def _place_tabla(self, tabla: TablaOficial) -> None:
        """La mesa de una subtabla, tan ancha como la oficial."""
        if (mesa := self._de_tabla.get(tabla.campo or "")) is not None:
            ancho = max(c.posicion or 1 for c in tabla.columnas)
            mesa = self._de_tabla[str(tabla.campo)] = Mesa(mesa.nombre, ancho)
            mesa.place(ID, id_column(tabla))
            for columna in tabla.columnas:
                if columna.campo:
                    mesa.place(columna.campo, columna.posicion or 1)

    def _translate_registro(self, registro: RegistroOficial) -> None:
        memoria = Memoria([dict(renglon) for renglon in registro.renglones])
        celdas = registro.renglones[0]
        recordadas = memoria.renglones[0] = {p: c for p, c in celdas.items() if is_aviso(c)}
        sin_columna: dict[str, list[ColumnaOficial]] = {}
        for columna in self.oficial.columnas:
            posicion, campo = columna.posicion or 1, self.formato.por_nombre.get(columna.campo or "")
            celda = celdas.get(posicion)
            if columna.tabla:
                self._join(registro, columna, memoria)
            elif columna.en:
                self._put_en(registro.fila, columna, celda, recordadas)
            elif campo is None:
                self._recall_ajena(columna, celda, recordadas)
            elif columna.parte:
                sin_columna.setdefault(campo.nombre, []).append(columna)
            else:
                self._put(registro.fila, campo, columna, celda, recordadas)
        for nombre, columnas in sin_columna.items():
            self._put_partido(registro.fila, self.formato.por_nombre[nombre], columnas, celdas, recordadas)
        self._put_motivos(registro.fila, celdas)
        if memoria.to_json():
            self._sale.memorias[registro.fila] = memoria

    def _put(self, fila: int, campo: Campo, columna: ColumnaOficial, celda: Celda, recordadas: Celdas) -> None:
        """Un campo de una sola columna. Un enlace que no es dirección es el nombre de un archivo."""
        if celda is None or is_aviso(celda):
            return
        lista = self._lista(columna)
        if campo.tipo is TipoCampo.URL and not _se_lee(campo, celda) and not is_causa(campo, celda):
            recordadas[columna.posicion or 1] = celda
            if (archivo := self._archivos.get(llano(separar_tabla(columna.titulo)[0]))) is not None:
                self._mesa.put(fila, archivo.nombre, celda)
                return
        dado = translate(campo, celda, lista, self.areas)
        self._mesa.put(fila, campo.nombre, dado)
        if needs_recall(campo, celda, dado, lista):
            recordadas[columna.posicion or 1] = celda

    def _put_partido(
        self, fila: int, campo: Campo, columnas: list[ColumnaOficial], celdas: Celdas, recordadas: Celdas,
    ) -> None:
        """Un campo que el libro parte en varias columnas: el periodo, o una persona."""
        partes = {str(columna.parte): celdas.get(columna.posicion or 1) for columna in columnas}
        if campo.tipo is TipoCampo.PERIODO:
            self._put_periodo(fila, campo, columnas, partes, celdas, recordadas)
            return
        recordadas.update({c.posicion or 1: partes[str(c.parte)] for c in columnas if partes[str(c.parte)] is not None})
        if (dado := join_partes(campo, partes)) is not None:
            self._mesa.put(fila, campo.nombre, dado)

    def _put_periodo(
        self, fila: int, campo: Campo, columnas: list[ColumnaOficial], partes: Mapping[str, Celda], celdas: Celdas,
        recordadas: Celdas,
    ) -> None:
        ejercicio = next((celdas.get(c.posicion or 1) for c in self.oficial.columnas if c.campo == "ejercicio"), None)
        lapso = read_lapso(self.formato.periodicidad, ejercicio, partes.get("inicio"), partes.get("termino"))
        if lapso.clave is not None:
            self._mesa.put(fila, campo.nombre, lapso.clave)
        fechas = {"inicio": lapso.inicio, "termino": lapso.termino}
        for columna in columnas:
            parte = str(columna.parte)
            if not lapso.exacto or partes[parte] != fechas[parte]:
                recordadas[columna.posicion or 1] = partes[parte]
        if lapso.inicio and lapso.termino and not lapso.exacto and DESDE not in self.formato.por_nombre:
            self._tell(f"Renglón {fila}: informa del {to_fecha(lapso.inicio)} al {to_fecha(lapso.termino)}, que no es un "
                       f"periodo de este formato; quedó en «{etiqueta(str(lapso.clave))}».")
        for nombre, fecha in ((DESDE, lapso.inicio), (HASTA, lapso.termino)):
            if not lapso.exacto and fecha is not None and nombre in self.formato.por_nombre:
                self._mesa.put(fila, nombre, fecha)

    def _put_en(self, fila: int, columna: ColumnaOficial, celda: Celda, recordadas: Celdas) -> None:
        """Una columna de la hoja principal que aquí es de una tabla: el renglón oficial es un renglón suyo."""
        tabla = self.formato.por_nombre[str(columna.en)]
        campo = tabla.subcampo(str(columna.campo))
        if celda is not None:
            dado = translate(campo, celda, self._lista(columna), self.areas)
            self._mesa.put(fila, tabla.nombre, fila)
            self._de_tabla[tabla.nombre].put(fila, ID, fila)
            self._de_tabla[tabla.nombre].put(fila, campo.nombre, dado)
            if needs_recall(campo, celda, dado, self._lista(columna)):
                recordadas[columna.posicion or 1] = celda

    def _recall_ajena(self, columna: ColumnaOficial, celda: Celda, recordadas: Celdas) -> None:
        """Lo que no es de ningún campo se recuerda; si además nadie lo pone por su cuenta, se avisa que aquí no se ve."""
        if celda is None or is_aviso(celda):
            return
        recordadas[columna.posicion or 1] = celda
        if not columna.parte and columna.campo is None:
            self._tell(f"«{columna.titulo}»: este formato no tiene esa columna; lo que trae no se verá aquí.")

    def _put_motivos(self, fila: int, celdas: Celdas) -> None:
        """Por qué está vacío lo que dice «No aplica»: lo que diga la nota."""
        nota = next((celdas.get(c.posicion or 1) for c in self.oficial.columnas if c.campo == "nota"), None)
        motivo = str(nota)[:600] if isinstance(nota, str) and len(nota.strip()) >= 3 else SIN_MOTIVO
        for columna in self.oficial.columnas:
            campo = self.formato.por_nombre.get(columna.campo or "")
            celda = celdas.get(columna.posicion or 1)
            if campo is not None and not columna.en and not columna.parte and celda is not None and admite_motivo(campo) and \
                    is_causa(campo, celda):
                self._mesa.put(fila, motivo_de(campo.nombre), motivo)

    def _join(self, registro: RegistroOficial, columna: ColumnaOficial, memoria: Memoria) -> None:
        """Los renglones de la subtabla que los números de una columna unen."""
        posicion = columna.posicion or 1
        if (celda := registro.renglones[0].get(posicion)) is not None:
            memoria.renglones[0][posicion] = celda
        subtabla = self._subtablas.get(str(columna.tabla))
        if subtabla is None:
            return
        unidos = subtabla.take(registro.ids(posicion), registro.fila)
        if not unidos:
            return
        if subtabla.tabla.campo is None:
            memoria.tablas[str(columna.tabla)] = [RenglonDeTabla(u.fila, u.id, dict(u.celdas), False) for u in unidos]
            self._flatten(registro.fila, subtabla.tabla, unidos)
            return
        memoria.tablas[str(columna.tabla)] = [self._put_renglon(registro.fila, subtabla.tabla, unido) for unido in unidos]
        self._mesa.put(registro.fila, subtabla.tabla.campo, registro.fila)

    def _put_renglon(self, dueno: int, tabla: TablaOficial, unido: RenglonUnido) -> RenglonDeTabla:
        mesa, campo = self._de_tabla[str(tabla.campo)], self.formato.por_nombre[str(tabla.campo)]
        propio = mesa.is_free(unido.fila) and unido.dueno == dueno
        fila = unido.fila if propio else mesa.next_after(self._subtablas[tabla.hoja].ultima)
        recordadas: Celdas = {}
        con_datos = self._put_partidos_de_tabla(mesa, fila, campo, tabla, unido, recordadas)
        for columna in tabla.columnas:
            celda = unido.celdas.get(columna.posicion or 1)
            if celda is None or columna.parte:
                continue
            if columna.campo is None:
                recordadas[columna.posicion or 1] = celda
                self._tell(f"«{tabla.hoja}.{columna.titulo}»: este formato no tiene esa columna; lo que trae no se verá aquí.")
                continue
            suyo = campo.subcampo(columna.campo)
            lista = self._lista(columna, tabla.campo)
            dado = translate(suyo, celda, lista, self.areas)
            if suyo.tipo is TipoCampo.URL and not _se_lee(suyo, celda):
                recordadas[columna.posicion or 1] = celda
                self._tell(f"{tabla.hoja}, renglón {unido.fila}, «{columna.titulo}»: no es una dirección; no se verá aquí.")
                continue
            mesa.put(fila, columna.campo, dado)
            con_datos = True
            if needs_recall(suyo, celda, dado, lista):
                recordadas[columna.posicion or 1] = celda
        if con_datos:
            mesa.put(fila, ID, dueno)
        return RenglonDeTabla(unido.fila, unido.id, recordadas, con_datos)

    def _put_partidos_de_tabla(
        self, mesa: Mesa, fila: int, campo: Campo, tabla: TablaOficial, unido: RenglonUnido, recordadas: Celdas,
    ) -> bool:
        """Las columnas de una subtabla que parten un campo: la clave y el nombre de una opción. Dice si puso algo."""
        puestas = False
        for nombre in dict.fromkeys(c.campo for c in tabla.columnas if c.campo and c.parte):
            columnas = [c for c in tabla.columnas if c.campo == nombre and c.parte]
            partes = {str(c.parte): unido.celdas.get(c.posicion or 1) for c in columnas}
            recordadas.update({c.posicion or 1: celda for c in columnas if (celda := partes[str(c.parte)]) is not None})
            if (dado := join_partes(campo.subcampo(nombre), partes)) is not None:
                mesa.put(fila, nombre, dado)
                puestas = True
        return puestas

    def _flatten(self, fila: int, tabla: TablaOficial, unidos: list[RenglonUnido]) -> None:
        """Una subtabla cuyas columnas son campos del propio formato: vale su primer renglón."""
        for columna in tabla.columnas:
            campo = self.formato.por_nombre.get(columna.campo or "")
            celda = unidos[0].celdas.get(columna.posicion or 1)
            if campo is not None and celda is not None:
                self._mesa.put(fila, campo.nombre, translate(campo, celda, self._lista(columna), self.areas))
        if len(unidos) > 1:
            self._tell(f"{tabla.hoja}: el renglón {fila} une {len(unidos)} y aquí cabe uno; los demás no se verán aquí.")

    def _lista(self, columna: ColumnaOficial, tabla: str | None = None) -> tuple[str, ...]:
        return self._listas.get((tabla, columna.campo), ())

    def _tell_sueltos(self) -> None:
        for subtabla in self._subtablas.values():
            for suelto in subtabla.sueltos():
                self._tell(f"{subtabla.tabla.hoja}, renglón {suelto.fila}: ningún renglón pide el ID {suelto.id}; no se cargó.")

    def _tell(self, aviso: str) -> None:
        if aviso not in self._sale.avisos and len(self._sale.avisos) < AVISOS_MAXIMOS:
            self._sale.avisos.append(aviso)


def _listas_de(formato: Formato) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
    """La lista oficial, tal cual, de cada campo (y de cada columna de tabla) que tiene una."""
    libro = formato.sipot.libro if formato.sipot else None
    if libro is None:
        return {}
    hojas = [(None, libro.columnas), *((tabla.campo, tabla.columnas) for tabla in libro.tablas)]
    return {(tabla, c.campo): libro.listas.get(c.lista, ()) for tabla, columnas in hojas for c in columnas if c.lista}


def _se_lee(campo: Campo, celda: Celda) -> bool:
    try:
        return leer(campo, celda) is not None
    except DatoInvalido:
        return False
