"""La hoja que se dibuja: cada campo con su control, lo que va escrito en él, sus opciones y su error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from admin_views.formularios.controles import control_de, es_ancho
from fracciones_config import Campo, Formato, TipoCampo
from models.adjuntos import Archivo
from models.domain.masters import options_of
from models.domain.periods import claves, etiqueta
from models.domain.protegidos import Protegido
from models.domain.validation import Problema
from models.folios import a_folio, de_folio
from models.presentacion.numeros import tamano
from models.presentacion.textos import entrada, texto_vacio

Opcion = tuple[str, str]
_MAESTRO = {TipoCampo.AREA: "area", TipoCampo.SERVIDOR_PUBLICO: "persona", TipoCampo.ORGANO_COLEGIADO: "organo"}
LISTA_LARGA = 12
"""Con más opciones que estas, la lista lleva buscador."""


@dataclass(slots=True)
class Control:
    """Un campo dibujable. ``valor`` es lo que va escrito: texto, lista de claves o lista de renglones."""

    campo: Campo
    macro: str
    ancho: bool
    valor: Any = ""
    opciones: list[Opcion] = field(default_factory=list)
    error: str = ""
    errores_de_celda: dict[tuple[int, str], str] = field(default_factory=dict)
    archivo: dict[str, str] | None = None
    causa: str = ""
    motivo: str = ""
    protegido: str = ""

    @property
    def id(self) -> str:
        return f"c-{self.campo.nombre}"

    @property
    def columnas(self) -> list[tuple[Campo, str]]:
        """Las columnas de una tabla con su macro."""
        return [(columna, control_de(columna)) for columna in self.campo.campos]

    @property
    def con_buscador(self) -> bool:
        return self.macro == "eleccion" and len(self.opciones) > LISTA_LARGA


@dataclass(slots=True)
class Bloque:
    """Un grupo de controles con su título."""

    titulo: str
    ayuda: str
    controles: list[Control]


class Hoja:
    """El formulario de un formato para un sujeto obligado, con lo que lleve escrito."""

    def __init__(self, formato: Formato, sujeto_id: int, usuario_id: int) -> None:
        self.formato, self.sujeto_id, self.usuario_id = formato, sujeto_id, usuario_id
        self.controles = {
            campo.nombre: Control(campo, control_de(campo), es_ancho(campo), opciones=self._opciones(campo))
            for campo in formato.campos}

    def con_datos(self, datos: Mapping[str, Any], vacios: Mapping[str, Any]) -> Hoja:
        """Escribe en los controles un registro guardado."""
        for nombre, control in self.controles.items():
            if nombre in datos:
                control.valor = entrada(control.campo, datos[nombre])
            self._poner_vacio(control, vacios.get(nombre))
        return self._con_archivos()

    def con_tecleado(self, crudo: Mapping[str, Any], vacios: Mapping[str, Any]) -> Hoja:
        """Escribe en los controles lo que la persona acababa de teclear, tal cual."""
        for nombre, control in self.controles.items():
            control.valor = crudo.get(nombre, "")
            self._poner_vacio(control, vacios.get(nombre))
        return self._con_archivos()

    def con_protegidos(self, vacios: Mapping[str, Any]) -> Hoja:
        """Dice, en los campos protegidos, desde cuándo y por qué acta: su control queda aparte, para un dato nuevo."""
        for nombre, control in self.controles.items():
            if isinstance(vacio := vacios.get(nombre), Protegido):
                control.protegido = texto_vacio(vacio)
        return self

    def con_problemas(self, problemas: list[Problema]) -> Hoja:
        """Pone cada error junto a su campo."""
        for problema in problemas:
            control = self.controles[problema.campo]
            if problema.fila is not None and problema.columna is not None:
                control.errores_de_celda[(problema.fila - 1, problema.columna)] = problema.mensaje
                control.error = control.error or f"Renglón {problema.fila}: {problema.mensaje}"
            else:
                control.error = problema.mensaje
        return self

    @property
    def errores(self) -> list[Control]:
        return [control for control in self.controles.values() if control.error]

    def bloques(self) -> list[Bloque]:
        """Los grupos en orden; primero el periodo y al final el área y la nota."""
        sueltos = [c for c in self.controles.values() if c.campo.comun]
        principio = [c for c in sueltos if c.campo.nombre in ("ejercicio", "periodo")]
        final = [c for c in sueltos if c not in principio]
        bloques = [Bloque("Periodo que se informa", "", principio)] if principio else []
        bloques += [Bloque(grupo.titulo, grupo.ayuda, [self.controles[c.nombre] for c in self.formato.campos_de(grupo.clave)])
                    for grupo in self.formato.grupos]
        return [*bloques, Bloque("Área responsable y nota", "", final)]

    def _poner_vacio(self, control: Control, vacio: Mapping[str, str] | None) -> None:
        if vacio and not isinstance(vacio, Protegido):
            control.causa, control.motivo = vacio.get("causa", ""), vacio.get("motivo", "")

    def _opciones(self, campo: Campo) -> list[Opcion]:
        if campo.tipo in _MAESTRO:
            return options_of(self.sujeto_id, _MAESTRO[campo.tipo])
        if campo.tipo is TipoCampo.SI_NO:
            return [("si", "Sí"), ("no", "No")]
        if campo.tipo is TipoCampo.PERIODO:
            return [(clave, etiqueta(clave)) for clave in claves(self.formato.periodicidad)]
        if campo.tipo is TipoCampo.ARCHIVO:
            return self._ya_subidos(campo)
        return list(campo.opciones.items())

    def _ya_subidos(self, campo: Campo) -> list[Opcion]:
        filas = Archivo.select().where(
            Archivo.sujeto_id == self.sujeto_id, Archivo.subido_por == self.usuario_id, Archivo.tipo.in_(campo.acepta),
        ).order_by(Archivo.id.desc()).limit(30)
        return [(a_folio(fila.id), f"{fila.nombre} ({tamano(fila.bytes)})") for fila in filas]

    def _con_archivos(self) -> Hoja:
        """Enseña el nombre del archivo que ya está puesto, si es de este sujeto."""
        for control in self.controles.values():
            if control.campo.tipo is TipoCampo.ARCHIVO and control.valor:
                control.archivo = self._archivo(str(control.valor))
        return self

    def _archivo(self, folio: str) -> dict[str, str] | None:
        try:
            fila = Archivo.get_or_none(Archivo.sujeto_id == self.sujeto_id, Archivo.id == de_folio(folio))
        except ValueError:
            return None
        return fila and {"folio": folio, "nombre": fila.nombre, "tamano": tamano(fila.bytes)}

