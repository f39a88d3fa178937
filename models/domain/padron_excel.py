"""El padrón desde Excel: primero se dice qué pasaría con cada renglón, y al confirmar se da de alta lo nuevo.

Las cuentas nacen sin contraseña: nadie puede entrar con ellas hasta que se imprima su carta (``cartas``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from peewee import IntegrityError

from fracciones_config import Catalogo
from models.base import db
from models.domain.actos_de_sujeto import log_sujeto
from models.domain.cuentas import CuentaInvalida, create_sin_contrasena, require_usuario_libre
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.lectores.crudo import DatoInvalido, plegar, to_linea
from models.domain.padron import Ficha, clean_ficha
from models.domain.permissions import Accion, Actor, Rol, puede_en_todo
from models.domain.personal import log_cuenta
from models.domain.sujetos import SujetoInvalido, create_sujeto, publish_sujeto, require_siglas
from models.presentacion.poderes import PODERES
from models.sujetos import SujetoObligado
from models.usuarios import Usuario

FILAS = 1000
"""Instituciones que caben en un archivo."""

COLUMNAS = {"nombre": "Nombre oficial", "nombre_corto": "Nombre corto", "poder": "Clase", "municipio": "Municipio",
            "siglas": "Siglas", "titular": "Quien lleva la Unidad", "usuario": "Usuario"}
"""Columna → su encabezado, en el orden de la plantilla."""

Celdas = list[str]
"""Un renglón del archivo: una celda por columna."""


@dataclass(frozen=True, slots=True)
class Nueva:
    """Un renglón que se puede dar de alta. ``fila`` es su número en la hoja."""

    fila: int
    celdas: Celdas
    siglas: str
    ficha: Ficha
    titular: str
    usuario: str


@dataclass(frozen=True, slots=True)
class Rechazo:
    """Un renglón que no, en qué celda (``E7``) y por qué."""

    celda: str
    nombre: str
    razon: str


@dataclass(slots=True)
class Plan:
    """Qué pasaría: lo que se crearía, lo que ya está igual, y lo rechazado."""

    nuevas: list[Nueva] = field(default_factory=list)
    ya_estan: list[str] = field(default_factory=list)
    rechazadas: list[Rechazo] = field(default_factory=list)


class PadronIlegible(ActoImposible):
    """El archivo no trae la tabla que se espera."""


def strip_encabezado(filas: Sequence[Celdas]) -> list[tuple[int, Celdas]]:
    """Los renglones con algo, con su número en la hoja. Lanza ``PadronIlegible`` si no son los de la plantilla."""
    esperado = [plegar(rotulo) for rotulo in COLUMNAS.values()]
    if not filas or [plegar(celda) for celda in filas[0][:len(esperado)]] != esperado:
        raise PadronIlegible("La primera fila debe llevar los encabezados de la plantilla, en su orden. Descárguela y llénela.")
    if len(filas) > FILAS + 1:
        raise PadronIlegible(f"El archivo tiene más de {FILAS:,} renglones. Divídalo en varios.")
    llenas = [(numero, (fila + [""] * len(esperado))[:len(esperado)]) for numero, fila in enumerate(filas[1:], start=2)
              if any(celda.strip() for celda in fila)]
    if not llenas:
        raise PadronIlegible("El archivo no trae ninguna institución.")
    return llenas


def plan_of(renglones: Sequence[tuple[int, Celdas]]) -> Plan:
    """Qué pasaría con cada renglón, sin tocar nada."""
    plan, siglas_vistas, usuarios_vistos = Plan(), set[str](), set[str]()
    nombres = {sujeto.siglas: plegar(sujeto.nombre) for sujeto in SujetoObligado.select()}
    for fila, celdas in renglones:
        siglas = celdas[4].strip()
        if nombres.get(siglas) == plegar(celdas[0]):
            plan.ya_estan.append(celdas[0].strip())
            continue
        try:
            nueva = _read_nueva(fila, celdas)
            _require_unica(fila, nueva, siglas_vistas, usuarios_vistos)
            plan.nuevas.append(nueva)
        except _Mal as mal:
            plan.rechazadas.append(Rechazo(mal.celda, celdas[0].strip()[:80], str(mal)))
    return plan


def import_padron(actor: Actor, renglones: Sequence[tuple[int, Celdas]], catalogo: Catalogo) -> list[SujetoObligado]:
    """Da de alta, todas o ninguna, las instituciones nuevas de esos renglones.

    Lanza ``ActoImposible`` si alguna ya no se puede: entonces hay que volver a mirar qué pasaría.
    """
    if not puede_en_todo(actor, Accion.ADMINISTRAR_SUJETOS):
        raise NoPermitido("El padrón de sujetos obligados lo lleva el órgano garante.")
    try:
        with db.atomic():
            plan = plan_of(renglones)
            if plan.rechazadas:
                rechazo = plan.rechazadas[0]
                raise ActoImposible(f"Algo cambió desde que se revisó: {rechazo.celda}, {rechazo.razon} Vuelva a subir el "
                                    "archivo.")
            return [_create(actor, nueva, catalogo) for nueva in plan.nuevas]
    except IntegrityError as error:
        raise ActoImposible("Otra persona daba de alta instituciones al mismo tiempo. Vuelva a subir el archivo.") from error


class _Mal(ActoImposible):
    """Una celda que no sirve."""

    def __init__(self, fila: int, columna: str, razon: str) -> None:
        super().__init__(razon)
        self.celda = f"{'ABCDEFG'[list(COLUMNAS).index(columna)]}{fila}"


def _read_nueva(fila: int, celdas: Celdas) -> Nueva:
    dicho = dict(zip(COLUMNAS, celdas, strict=True))
    poder = next((clave for clave, nombre in PODERES.items() if plegar(dicho["poder"]) in (clave, plegar(nombre))), None)
    if poder is None:
        raise _Mal(fila, "poder", f"La clase debe ser una de: {'; '.join(PODERES.values())}.")
    try:
        ficha = clean_ficha(Ficha(dicho["nombre"], dicho["nombre_corto"], poder, dicho["municipio"]))
    except SujetoInvalido as error:
        raise _Mal(fila, "nombre", str(error)) from error
    siglas = dicho["siglas"].strip()
    try:
        require_siglas(siglas)
    except SujetoInvalido as error:
        raise _Mal(fila, "siglas", str(error)) from error
    try:
        titular = to_linea(dicho["titular"], 200, "un nombre") or f"Unidad de Información de {ficha.nombre_corto}"
    except DatoInvalido as error:
        raise _Mal(fila, "titular", str(error)) from error
    try:
        usuario = require_usuario_libre(dicho["usuario"].strip() or f"unidad.{siglas}")
    except CuentaInvalida as error:
        raise _Mal(fila, "usuario", str(error)) from error
    return Nueva(fila, celdas, siglas, ficha, titular, usuario)


def _require_unica(fila: int, nueva: Nueva, siglas: set[str], usuarios: set[str]) -> None:
    """Lo que se repite dentro del mismo archivo."""
    if nueva.siglas in siglas:
        raise _Mal(fila, "siglas", f"Las siglas «{nueva.siglas}» ya van en un renglón de arriba.")
    if nueva.usuario in usuarios:
        raise _Mal(fila, "usuario", f"El usuario «{nueva.usuario}» ya va en un renglón de arriba.")
    siglas.add(nueva.siglas)
    usuarios.add(nueva.usuario)


def _create(actor: Actor, nueva: Nueva, catalogo: Catalogo) -> SujetoObligado:
    ficha = nueva.ficha
    sujeto = create_sujeto(nueva.siglas, ficha.nombre, ficha.nombre_corto, ficha.poder, ficha.municipio or None)
    log_sujeto(actor, sujeto.id, "alta", f"{ficha.nombre} ({nueva.siglas}), desde un archivo de Excel")
    publish_sujeto(sujeto, catalogo)
    cuenta: Usuario = create_sin_contrasena(nueva.usuario, nueva.titular, Rol.UNIDAD, sujeto.id)
    log_cuenta(actor, cuenta, "crear", str(Rol.UNIDAD))
    return sujeto
