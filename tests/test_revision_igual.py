"""Una sola regla a dos velocidades: lo que lee el lector por columnas es lo que darían ``validar`` y ``columns_of``."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fracciones_config import Formato, TipoCampo, load_catalogo
from models.domain.lectores.crudo import plegar
from models.domain.personales import Propios
from models.domain.validation import Validacion, validar
from models.domain.workflow.contenido import columns_of
from models.folios import a_folio
from models.formatos import build_tabla, column_name
from models.hojas.revision.anaqueles import FIJAS
from models.hojas.revision.apuntes import Leido
from models.hojas.revision.columnas import _POR_CAUSA, ERRORES_DE_HOJA
from models.hojas.revision.encabezados import Hallada
from models.hojas.revision.entorno import build_entorno
from models.hojas.revision.hojas import Plano, Reconocido
from models.hojas.revision.pedido import Maestro, Pedido
from models.hojas.revision.referencias import ContextoDePedido
from models.hojas.revision.trozos import Compilado
from tests.test_validacion import campo, formato

CATALOGO = load_catalogo(Path(__file__).parent.parent / "fracciones_config")
PDF = {"id": a_folio(13), "nombre": "contrato.pdf", "bytes": 312_000, "sha256": "a" * 64, "tipo": "pdf"}
MAESTROS = {tipo: (Maestro(a_folio(11), "Tesorería"), Maestro(a_folio(12), "Obras públicas"))
            for tipo in ("area", "servidor_publico", "organo_colegiado")}
DE_TODO = formato(campos=[
    *(campo(tipo.value, tipo.value, **extra) for tipo, extra in (
        (TipoCampo.TEXTO, {"se_busca": True, "obligatorio": True}), (TipoCampo.TEXTO_LARGO, {"se_busca": True}),
        (TipoCampo.NOTA, {}), (TipoCampo.ENTERO, {"se_busca": True, "minimo": -5}), (TipoCampo.DECIMAL, {"maximo": 100}),
        (TipoCampo.MONEDA, {"minimo": 0, "obligatorio": True}), (TipoCampo.PORCENTAJE, {}),
        (TipoCampo.FECHA, {"se_busca": True}), (TipoCampo.HORA, {}), (TipoCampo.SI_NO, {}),
        (TipoCampo.OPCION, {"opciones": {"a": "Licitación", "b": "Otra"}}),
        (TipoCampo.OPCIONES, {"opciones": {"a": "Federal", "b": "Estatal"}}), (TipoCampo.URL, {}),
        (TipoCampo.CORREO, {"datos_personales": "bloquear"}), (TipoCampo.TELEFONO, {}), (TipoCampo.ARCHIVO, {}),
        (TipoCampo.SERVIDOR_PUBLICO, {}), (TipoCampo.ORGANO_COLEGIADO, {}))),
    campo("ejercicio", "anio", comun=True, obligatorio=True), campo("periodo", "periodo", comun=True, obligatorio=True),
    campo("otro_anio", "anio"), campo("si", "texto", obligatorio_si={"campo": "si_no", "es": [True]}),
    campo("con", "texto", obligatorio_si={"campo": "opciones", "es": ["a"]}),
    campo("tabla", "tabla", campos=[campo("numero", "texto", obligatorio=True), campo("monto", "moneda")]),
    campo("area_responsable", "area", comun=True, obligatorio=True),
], titulo=["texto"])

TEXTOS = st.one_of(
    st.text(max_size=30), st.sampled_from((
        "Obras", "licitación pública", "  orillas ", "dos  blancos", "LicitaciÃ³n", "a&b", "ñ" * 200, "=1+1", "007", "1234.50",
        "1,234.5", "$9", "9:30", "31/12/2026", "2026-02-30", "T3", "Sí", "no", "a; b", "Federal", "https://x.gob.mx/a",
        "x@y.mx", "juan.perez@gmail.com", "722 226 1980", a_folio(11), a_folio(99), "Tesorería", "contrato.pdf",
        "BOXW310820HNERXN09", "\u00a0", "zero\u200bancho", "e\u0301", "x" * 5000, "línea\notra",
        "º ª « »", "_x000D_", "5.0", "-3", "0")))
CRUDOS = st.one_of(
    TEXTOS, st.just(""), st.floats(allow_nan=False, allow_infinity=False, width=64), st.integers(-10**6, 10**6).map(float),
    st.floats(0, 10**7).map(lambda x: round(x, 2)), st.booleans(), st.dates(dt.date(1700, 1, 1), dt.date(2300, 1, 1)),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1)), st.times())


class HojaDePrueba:
    """Una hoja que ya está en la memoria."""

    def __init__(self, filas: list[list[Any]], nombre: str = "Datos") -> None:
        self.nombre, self.filas = nombre, filas
        self.alto, self.ancho = len(filas), max(map(len, filas), default=0)

    def rows(self) -> Any:
        return iter(self.filas)


def leer_juntos(
    formato: Formato, filas: list[Mapping[str, Any]], sueltos: list[list[Any]] | None = None, **extra: Any,
) -> Leido:
    """Lo que lee el lector por columnas de unos renglones dichos por campo."""
    nombres = [c.nombre for c in formato.campos]
    celdas = [[fila.get(nombre, "") for nombre in nombres] for fila in filas]
    plano = Plano(HojaDePrueba([[], *celdas]), 1, [Hallada(i, n, n, "id") for i, n in enumerate(nombres)])
    tablas = {}
    for uno in formato.campos:
        if uno.tipo is TipoCampo.TABLA and sueltos is not None:
            llaves = ["id", *(c.nombre for c in uno.campos)]
            suyas = [Hallada(i, n, n, "id") for i, n in enumerate(llaves)]
            tablas[uno.nombre] = Plano(HojaDePrueba([[], *sueltos], "T"), 1, suyas)
    pedido = pedido_de_todo(formato, **extra)
    return Compilado(pedido, Reconocido(plano, tablas), build_entorno(pedido)).read(list(plano.rows()))


def pedido_de_todo(formato: Formato, **extra: Any) -> Pedido:
    return Pedido(formato=formato, columnas={c.nombre: column_name(c) for c in formato.campos}, siglas="x",
                  **({"maestros": MAESTROS, "archivos": {"contrato.pdf": PDF}} | extra))


def como_validar(formato: Formato, crudo: Mapping[str, Any], vacios: Mapping[str, Any] | None = None
                 ) -> tuple[dict[str, Any], Validacion]:
    """Lo mismo, renglón por renglón y con las reglas de siempre."""
    pedido = pedido_de_todo(formato)
    tabla = build_tabla(formato, pedido.columnas, 0)
    validacion = validar(formato, _como_formulario(formato, crudo), vacios or {}, ContextoDePedido(pedido))
    columnas = columns_of(tabla, validacion, 0, Propios())
    return {nombre: valor.isoformat() if isinstance(valor, dt.date) else valor
            for nombre, valor in columnas.items()}, validacion


def _como_formulario(formato: Formato, crudo: Mapping[str, Any]) -> dict[str, Any]:
    """Los maestros y archivos, por su folio: así llegan del formulario."""
    nombres = {m.nombre: m.folio for m in MAESTROS["area"]}
    return {nombre: (nombres.get(valor, valor) if formato.por_nombre[nombre].es_maestro else
                     PDF["id"] if valor == "contrato.pdf" and formato.por_nombre[nombre].tipo is TipoCampo.ARCHIVO else valor)
            for nombre, valor in crudo.items()}


def comparar(formato: Formato, crudo: Mapping[str, Any]) -> None:
    """El renglón y sus problemas deben ser los mismos. Lo que se propone corregir se compara ya corregido."""
    leido = leer_juntos(formato, [crudo])
    queda = dict(crudo) | {campo_: queda for _, _, _, campo_, _, _, queda, _ in leido.correccion}
    esperado, validacion = como_validar(formato, queda)
    if not leido.renglones:
        assert not any(validacion.datos.get(c.nombre) for c in formato.campos if c.nombre not in ("ejercicio", "periodo"))
        return
    [renglon] = leido.renglones
    fisicas = [column_name(c) for c in formato.campos if c.nombre not in ("ejercicio", "periodo")]
    hallado = dict(zip((*FIJAS, *fisicas), renglon, strict=True))
    assert {nombre: hallado[nombre] for nombre in hallado if nombre in esperado} == {
        nombre: valor for nombre, valor in esperado.items() if nombre in hallado}
    assert {(p[3], p[6]) for p in leido.problema} == {(p.campo, p.mensaje) for p in validacion.problemas}
    assert hallado["accion"] == ("malo" if validacion.problemas else "por_corregir" if leido.correccion else "nuevo")


def ajenas_a_la_hoja(nombre: str, crudo: Any) -> bool:
    """Lo que un libro lee de otra manera que un formulario: nombres, archivos que no llegan, causas y errores de la hoja."""
    tipo = DE_TODO.por_nombre[nombre].tipo
    if isinstance(crudo, str) and plegar(crudo) in {*_POR_CAUSA, *ERRORES_DE_HOJA, "n/a", "na", "n.a.", "n. a.", "n.a", "n / a",
                                                    "no aplica."}:
        return True
    if tipo in (TipoCampo.AREA, TipoCampo.SERVIDOR_PUBLICO, TipoCampo.ORGANO_COLEGIADO):
        return crudo not in ("", a_folio(11), a_folio(12), "Tesorería")
    return tipo is TipoCampo.ARCHIVO and crudo not in ("", "contrato.pdf")


RENGLONES = st.fixed_dictionaries({}, optional={c.nombre: CRUDOS for c in DE_TODO.campos if c.tipo is not TipoCampo.TABLA}).map(
    lambda crudo: {nombre: valor for nombre, valor in crudo.items() if not ajenas_a_la_hoja(nombre, valor)})


@settings(max_examples=120, deadline=None)
@given(RENGLONES)
def test_lee_lo_mismo_que_validar_en_los_22_tipos(crudo: dict[str, Any]) -> None:
    comparar(DE_TODO, crudo)


@settings(max_examples=15, deadline=None)
@given(st.lists(RENGLONES, min_size=2, max_size=12))
def test_un_trozo_es_lo_mismo_que_sus_renglones(filas: list[dict[str, Any]]) -> None:
    juntos = leer_juntos(DE_TODO, filas)
    sueltos = [leer_juntos(DE_TODO, [fila]) for fila in filas]
    assert [fila[1:] for fila in juntos.renglones] == [fila[1:] for suelto in sueltos for fila in suelto.renglones]
    assert sorted(p[3:] for p in juntos.problema) == sorted(p[3:] for suelto in sueltos for p in suelto.problema)


@pytest.mark.parametrize("formato", CATALOGO.formatos, ids=lambda formato: formato.clave)
def test_lee_lo_mismo_en_cada_formato_de_verdad(formato: Formato) -> None:
    """Un renglón hecho con los ejemplos del formato, y el mismo sin la mitad de sus campos."""
    ejemplos = {c.nombre: _ejemplo(c) for c in formato.campos if c.tipo is not TipoCampo.TABLA}
    comparar(formato, ejemplos)
    comparar(formato, {nombre: valor for i, (nombre, valor) in enumerate(ejemplos.items()) if i % 2})


def _ejemplo(campo: Any) -> Any:
    if campo.es_maestro:
        return "Tesorería"
    if campo.tipo is TipoCampo.ARCHIVO:
        return "contrato.pdf" if "pdf" in campo.acepta else ""
    return next(iter(campo.opciones.values()), campo.ejemplo or "Sí")


def test_los_vacios_con_razon() -> None:
    crudo = {"texto": "No aplica", "moneda": "Reservado", "nota": "no se genero informacion", "opcion": "Licitación",
             "hora": "9:30"}
    causas = {"texto": "no_aplica", "moneda": "reservado", "nota": "no_se_genero"}
    base = pedido_de_todo(DE_TODO)
    nombres = [c.nombre for c in DE_TODO.campos] + [f"{nombre}__motivo" for nombre in causas]
    fila = [crudo.get(nombre, "") for nombre in nombres[:-3]] + ["El trámite no lo lleva, 722 123 4567"] * 3
    plano = Plano(HojaDePrueba([[], fila]), 1, [Hallada(i, n, n, "id") for i, n in enumerate(nombres)])
    leido = Compilado(base, Reconocido(plano), build_entorno(base)).read(list(plano.rows()))
    [renglon] = leido.renglones
    esperado, _ = como_validar(DE_TODO, {"opcion": "a", "hora": "9:30"}, {
        nombre: {"causa": causa, "motivo": "El trámite no lo lleva, 722 123 4567"} for nombre, causa in causas.items()})
    for parte in ("contenido", "huella", "faltan", "personales"):
        assert renglon[FIJAS.index(parte)] == esperado[parte]
    assert not leido.problema and len(leido.hallazgo) == 3


def test_una_causa_sin_motivo_y_un_motivo_sin_causa() -> None:
    leido = leer_juntos(DE_TODO, [{"texto": "No aplica", "hora": "9:30"}, {"area_responsable": "No aplica", "hora": "9:30"}])
    assert [(p[0], p[3], p[7]) for p in leido.problema] == [(2, "texto", "motivo"), (3, "area_responsable", "motivo")]
    assert "Por qué no hay" in leido.problema[0][6] and leido.problema[1][6].endswith("no puede quedar vacío.")


def test_las_tablas_se_juntan_por_su_numero() -> None:
    sueltos = [[1.0, "uno", 5.5], [2.0, "ajeno", ""], ["1", "", 7.25], [1.0, "", ""], ["Ejemplo", "x", 1.0]]
    leido = leer_juntos(DE_TODO, [{"texto": "Obra", "tabla": 1.0}], sueltos)
    [renglon] = leido.renglones
    esperado, _ = como_validar(DE_TODO, {"texto": "Obra", "tabla": [{"numero": "uno", "monto": 5.5}, {"monto": 7.25}]})
    assert renglon[FIJAS.index("contenido")] == esperado["contenido"] and renglon[FIJAS.index("faltan")] == esperado["faltan"]


def test_lo_mal_escrito_en_una_tabla_se_dice_en_su_celda() -> None:
    sueltos = [[1.0, "uno", "mucho"], [1.0, "dos", 5.0], [1.0, "x" * 200, "#N/A"]]
    leido = leer_juntos(DE_TODO, [{"texto": "Obra", "tabla": 1.0}, {"texto": "Otra", "tabla": 3.0}], sueltos)
    assert [(p[0], p[1], p[2], p[3]) for p in leido.problema] == [
        (2, "T", "C2", "tabla"), (2, "T", "B4", "tabla"), (2, "T", "C4", "tabla"),
        (3, "Datos", leido.problema[3][2], "tabla")]
    assert "ningún renglón con el ID 3" in leido.problema[3][6]
