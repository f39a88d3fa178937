"""Lo raro de cada renglón —errores, correcciones, datos personales, archivos— apuntado en su celda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.domain.personales import Hallazgo, to_columna
from models.domain.protegidos import CAUSA
from models.folios import de_folio
from models.hojas.disposicion import motivo_de
from models.hojas.letras import letra_de
from models.hojas.revision.celdas import Correccion, Falla, Novedad
from models.hojas.revision.expediente import BUENO, MALO, POR_CORREGIR
from models.hojas.revision.hojas import Reconocido
from models.presentacion.protegido import ROTULO

_GRUPO = {TipoCampo.ARCHIVO: 1, TipoCampo.TABLA: 2}
"""El orden en que ``find_en_datos`` busca: primero los textos, luego los archivos y las tablas."""


@dataclass(slots=True)
class Leido:
    """Lo que salió de un trozo, listo para el expediente: sus renglones y las filas de sus otras tablas."""

    renglones: list[tuple[Any, ...]] = field(default_factory=list)
    problema: list[tuple[Any, ...]] = field(default_factory=list)
    correccion: list[tuple[Any, ...]] = field(default_factory=list)
    hallazgo: list[tuple[Any, ...]] = field(default_factory=list)
    archivo: list[tuple[Any, ...]] = field(default_factory=list)


SIN_PROTEGER = ("«{}» dice «Dato protegido» y ahí no hay ninguno: eso no se escribe, lo pone el sistema cuando la Unidad de "
                "Información suprime un dato. Escriba el dato, o deje la celda en blanco.")


@dataclass(slots=True)
class Suceso:
    """Lo raro de un renglón: cada novedad con el lugar de su campo; sus vacíos, como pedazos de JSON; lo que está mal en los
    motivos, y los datos personales que esos traen."""

    novedades: list[tuple[int, Novedad]] = field(default_factory=list)
    vacios: dict[str, str] = field(default_factory=dict)
    de_motivos: list[tuple[int, Falla]] = field(default_factory=list)
    hallazgos: list[Hallazgo] = field(default_factory=list)

    def says_algo(self, relevantes: Sequence[int]) -> bool:
        """Si basta para que un renglón sin datos cuente."""
        return bool(self.de_motivos) or any(i in relevantes for i, _ in self.novedades)

    def excuses(self, i: int, nombre: str) -> bool:
        """Si un campo en blanco no cuenta como faltante: trae su razón, o está mal escrito."""
        return nombre in self.vacios or any(lugar == i for lugar, _ in self.de_motivos) or any(
            lugar == i and novedad.fallas for lugar, novedad in self.novedades)

    def refuse_protegidos(self, campos: Sequence[Campo]) -> None:
        """En un renglón sin folio nada puede estar protegido: se dice, y no se carga."""
        for i, campo in enumerate(campos):
            if CAUSA in self.vacios.get(campo.nombre, ""):
                del self.vacios[campo.nombre]
                self.de_motivos.append((i, Falla(SIN_PROTEGER.format(campo.etiqueta), "motivo", ROTULO)))

    def vacios_json(self) -> str:
        return f"{{{','.join(self.vacios[nombre] for nombre in sorted(self.vacios))}}}"


class Apuntes:
    """Pone cada cosa en su celda."""

    def __init__(self, campos: Sequence[Campo], reconocido: Reconocido) -> None:
        self._campos, self._tablas = campos, reconocido.tablas
        self._hoja, self._posiciones = reconocido.principal.hoja.nombre, reconocido.principal.posiciones

    def note(self, leido: Leido, fila: int, suceso: Suceso) -> str:
        """Apunta lo raro de un renglón y da su acción: ``malo``, ``por_corregir`` o ``nuevo``."""
        accion = BUENO
        for i, novedad in suceso.novedades:
            campo = self._campos[i]
            self._note_fallas(leido, fila, campo, novedad.fallas)
            self._note_correcciones(leido, fila, campo, novedad.correcciones)
            self._note_hallazgos(leido, fila, campo, novedad)
            if novedad.archivo is not None:
                nombre, folio = novedad.archivo
                leido.archivo.append((fila, campo.nombre, self._celda(campo.nombre, fila), nombre, folio and de_folio(folio)))
            if novedad.fallas:
                accion = MALO
            elif not all(una.aceptada for una in novedad.correcciones):
                accion = POR_CORREGIR if accion == BUENO else accion
        for i, falla in suceso.de_motivos:
            accion, campo = MALO, self._campos[i]
            llave = motivo_de(campo.nombre) if motivo_de(campo.nombre) in self._posiciones else campo.nombre
            leido.problema.append((fila, self._hoja, self._celda(llave, fila), campo.nombre, campo.etiqueta, falla.leido,
                                   falla.mensaje, falla.clase))
        for uno in suceso.hallazgos:
            leido.hallazgo.append((fila, self._hoja, self._celda(motivo_de(uno.campo), fila), uno.campo, uno.clase, uno.oculto,
                                   uno.politica))
        return accion

    def note_sistema(self, leido: Leido, fila: int, fallas: Sequence[tuple[str, str, Falla]]) -> None:
        """Apunta lo que está mal en las columnas que pone el sistema."""
        leido.problema += [(fila, self._hoja, self._celda(llave, fila), None, rotulo, falla.leido, falla.mensaje, falla.clase)
                           for llave, rotulo, falla in fallas]

    def personales_of(self, suceso: Suceso) -> str | None:
        """Lo que se guarda de los datos personales de un renglón, en el orden en que los busca ``find_en_datos``."""
        con = sorted(((i, novedad) for i, novedad in suceso.novedades if novedad.hallazgos),
                     key=lambda par: (_GRUPO.get(self._campos[par[0]].tipo, 0), par[0]))
        return to_columna([uno for _, novedad in con for uno in novedad.hallazgos] + suceso.hallazgos)

    def _note_fallas(self, leido: Leido, fila: int, campo: Campo, fallas: Sequence[Falla]) -> None:
        for falla in fallas:
            hoja, celda, rotulo = self._lugar(campo, fila, falla.renglon, falla.columna)
            leido.problema.append((fila, hoja, celda, campo.nombre, rotulo, falla.leido, falla.mensaje, falla.clase))

    def _note_correcciones(self, leido: Leido, fila: int, campo: Campo, correcciones: Sequence[Correccion]) -> None:
        for una in correcciones:
            hoja, celda, _ = self._lugar(campo, fila, una.renglon, una.columna)
            leido.correccion.append((fila, hoja, celda, campo.nombre, una.clase, una.leido, una.queda, int(una.aceptada)))

    def _note_hallazgos(self, leido: Leido, fila: int, campo: Campo, novedad: Novedad) -> None:
        for uno in novedad.hallazgos:
            renglon = novedad.filas[uno.fila - 1] if uno.fila and novedad.filas else None
            hoja, celda, _ = self._lugar(campo, fila, renglon, uno.columna if renglon else None)
            leido.hallazgo.append((fila, hoja, celda, campo.nombre, uno.clase, uno.oculto, uno.politica))

    def _lugar(self, campo: Campo, fila: int, renglon: int | None, columna: str | None) -> tuple[str, str | None, str]:
        """La hoja, la celda y el rótulo de algo que se dice de un campo, o de una celda de su tabla."""
        if renglon is None or columna is None:
            return self._hoja, self._celda(campo.nombre, fila), campo.etiqueta
        plano = self._tablas[campo.nombre]
        posicion = plano.posiciones.get(columna)
        celda = f"{letra_de(posicion + 1)}{renglon}" if posicion is not None else None
        return plano.hoja.nombre, celda, f"{campo.etiqueta}: {campo.subcampo(columna).etiqueta}"

    def _celda(self, llave: str, fila: int) -> str | None:
        posicion = self._posiciones.get(llave)
        return f"{letra_de(posicion + 1)}{fila}" if posicion is not None else None
