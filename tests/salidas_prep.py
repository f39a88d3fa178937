"""Un formato con los 22 tipos, datos al azar para él, y la manera lenta de escribirlos: con ella se compara la rápida."""

import csv
import io
import json
from typing import Any

from hypothesis import strategies as st

from fracciones_config import Campo, TipoCampo, load_catalogo
from models.folios import MAXIMO, a_folio
from models.formatos import Tabla, build_tabla, column_name
from models.hojas.disposicion import CAUSAS, admite_motivo
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.guardia import guard
from models.hojas.salidas.renglones import Titular
from models.presentacion.fechas import fecha_y_hora, momento
from models.presentacion.textos import texto, texto_vacio
from models.publicados import FilaPublica, Registro
from models.publicados.registros import registro_de
from tests.bases import CATALOGO

TITULAR = Titular("metepec", 'H. Ayuntamiento de «Metepec», "sí"')
OPCIONES = {"publica": "Pública", "directa": "Adjudicación directa; sin más", "igual": "=1+1"}
SUBCAMPOS = (TipoCampo.TEXTO, TipoCampo.ENTERO, TipoCampo.MONEDA, TipoCampo.FECHA, TipoCampo.OPCION, TipoCampo.SI_NO)
NUMERO = 7
"""La versión del catálogo en que el formato cambió por última vez."""

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "\t=1", "\r=1", "\n=1", " =1", "   +1", "\u00a0=1", "\u200b=1",
            "\ufeff=1", "\u2003@x", "\x1f-1", "＝1+1", "＋1", "－1", "＠x", "｜x", "﹣1", " \u200b\t＝1", "\ttexto",
            "\u202e=1", '=HYPERLINK("http://malo";"x")', "=cmd|' /C calc'!A0", "@A1", "-2+3+cmd|' /C calc'!A0", "=\x00",
            "+52 722 000 0000")
"""T21: lo que Excel podría tomar por fórmula."""


def make_tabla() -> Tabla:
    """Un formato con un campo de cada tipo."""
    formato = load_catalogo(CATALOGO).por_clave["convenios"]
    tipos = [tipo for tipo in TipoCampo if tipo not in (TipoCampo.ANIO, TipoCampo.PERIODO)]
    campos = (formato.por_nombre["ejercicio"], formato.por_nombre["periodo"], *(_campo(f"c_{tipo}", tipo) for tipo in tipos),
              _campo("direccion", TipoCampo.URL), formato.por_nombre["area_responsable"])
    nuevo = type(formato).model_validate({**formato.model_dump(), "campos": [campo.model_dump() for campo in campos]})
    return build_tabla(nuevo, {campo.nombre: column_name(campo) for campo in nuevo.campos}, NUMERO)


def _campo(nombre: str, tipo: TipoCampo) -> Campo:
    opciones = OPCIONES if tipo in (TipoCampo.OPCION, TipoCampo.OPCIONES) else {}
    suyos = tuple(_campo(f"s_{suyo}", suyo) for suyo in SUBCAMPOS) if tipo is TipoCampo.TABLA else ()
    return Campo(nombre=nombre, tipo=tipo, etiqueta=f"Rótulo, {nombre}", ayuda="Lo que se pide.", opciones=opciones,
                 campos=suyos)


letras = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=12) | st.sampled_from(
    ["Ñandú, \"coma\"", "dos\nrenglones", "tres\r\n", "a;b", "_x000D_", "<b>&amp;</b>", " orillas ", *FORMULAS[:-2]])
_CIFRAS = st.integers(-10**17, 10**17)
_FOLIO = st.integers(1, MAXIMO).map(a_folio)
_MAESTRO = (st.builds(lambda folio, nombre: {"id": folio, "texto": nombre}, _FOLIO, letras)
            | st.builds(lambda folio: {"id": folio}, _FOLIO))
_DATO: dict[TipoCampo, st.SearchStrategy[Any]] = {
    **{tipo: letras for tipo in TipoCampo},
    TipoCampo.ENTERO: _CIFRAS, TipoCampo.ANIO: st.integers(1900, 2100),
    TipoCampo.DECIMAL: st.integers(-10**12, 10**12).map(lambda n: f"{n}.5"),
    TipoCampo.PORCENTAJE: st.integers(-100, 100).map(str),
    TipoCampo.MONEDA: _CIFRAS.map(lambda n: f"{'-' if n < 0 else ''}{abs(n) // 100}.{abs(n) % 100:02}"),
    TipoCampo.FECHA: st.dates().map(str), TipoCampo.HORA: st.times().map(lambda hora: f"{hora:%H:%M}"),
    TipoCampo.PERIODO: st.sampled_from(["T1", "M09", "S2", "A"]), TipoCampo.SI_NO: st.booleans(),
    TipoCampo.OPCION: st.sampled_from([*OPCIONES, "ya_no_esta"]),
    TipoCampo.OPCIONES: st.lists(st.sampled_from(list(OPCIONES)), min_size=1, unique=True),
    TipoCampo.ARCHIVO: st.builds(
        lambda folio, nombre: {"id": folio, "nombre": nombre, "bytes": 9, "sha256": "f", "tipo": "pdf"}, _FOLIO, letras),
    TipoCampo.AREA: _MAESTRO, TipoCampo.SERVIDOR_PUBLICO: _MAESTRO, TipoCampo.ORGANO_COLEGIADO: _MAESTRO,
    TipoCampo.TABLA: st.lists(st.fixed_dictionaries({}, optional={
        f"s_{tipo}": st.deferred(lambda tipo=tipo: _DATO[tipo]) for tipo in SUBCAMPOS}), min_size=1, max_size=3),
}
_AJENO = letras | st.integers(-5, 5) | st.lists(letras, max_size=2) | st.booleans() | st.just({"otra": 1})


def filas(tabla: Tabla, viejas: bool = True) -> st.SearchStrategy[list[FilaPublica]]:
    """Filas con datos de la forma de su campo y, si son de un catálogo anterior, de cualquier otra."""
    vacio = st.fixed_dictionaries({"causa": st.sampled_from(list(CAUSAS)), "motivo": letras})
    bien = {campo.nombre: _DATO[campo.tipo] for campo in tabla.formato.campos}
    mal = {nombre: dato | _AJENO for nombre, dato in bien.items()} | {"c_que_ya_no_esta": letras}
    vacios = {campo.nombre: vacio for campo in tabla.formato.campos if admite_motivo(campo)}
    instante = st.integers(1_704_067_200_000, 1_900_000_000_000)

    def fila(datos: dict[str, Any], vacios: dict[str, Any], id_: int, instantes: list[int], catalogo: int) -> FilaPublica:
        libres = {nombre: uno for nombre, uno in vacios.items() if nombre not in datos}
        contenido = json.dumps({"datos": datos, "vacios": libres}, ensure_ascii=False, sort_keys=True)
        return FilaPublica(id_, 2026, "T1", 3, contenido, catalogo, *instantes)

    def de(campos: dict[str, Any], catalogo: int) -> st.SearchStrategy[FilaPublica]:
        return st.builds(fila, st.fixed_dictionaries({}, optional=campos), st.fixed_dictionaries({}, optional=vacios),
                         st.integers(1, MAXIMO), st.lists(instante, min_size=3, max_size=3), st.just(catalogo))

    return st.lists(de(bien, NUMERO) | de(mal, NUMERO - 1) if viejas else de(bien, NUMERO), max_size=6)


# --- la manera lenta ---

def slow_csv(tabla: Tabla, crudas: list[FilaPublica], enlaces: Enlaces, maquina: bool) -> bytes:
    """El CSV, registro por registro y celda por celda, con ``csv.writer``."""
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\r\n")
    for fila in crudas:
        registro = registro_de(tabla, *fila)
        campos = [_celda(campo, registro, enlaces, maquina) for campo in tabla.formato.campos]
        fechas = [_instante(uno, maquina) for uno in (registro.actualizado_en, registro.validado_en, registro.publico_desde)]
        escritor.writerow([
            registro.folio, TITULAR.siglas, TITULAR.nombre, *campos, *fechas, enlaces.registro(TITULAR.siglas, tabla.clave)
            + registro.folio, *(_motivo(campo, registro, maquina) for campo in tabla.formato.campos if admite_motivo(campo))])
    return salida.getvalue().encode()


def _instante(instante: int, maquina: bool) -> str:
    return momento(instante).isoformat(timespec="seconds") if maquina else fecha_y_hora(instante)


def _motivo(campo: Campo, registro: Registro, maquina: bool) -> str:
    vacio = registro.vacios.get(campo.nombre)
    if vacio is None:
        return ""
    return texto_vacio(vacio) if maquina else guard(vacio["motivo"])


def _celda(campo: Campo, registro: Registro, enlaces: Enlaces, maquina: bool) -> str:
    nombre = campo.nombre
    if nombre in registro.vacios:
        return "" if maquina else CAUSAS[registro.vacios[nombre]["causa"]]
    dato: Any = registro.datos.get(nombre)
    if dato is None:
        ajeno = registro.ajenos.get(nombre, "")
        es_numero = campo.es_numero and ajeno.lstrip("-").isdecimal()
        return ajeno if maquina or es_numero else guard(ajeno)
    return de_maquina(campo, dato, enlaces) if maquina else de_persona(campo, dato, enlaces)


def de_maquina(campo: Campo, dato: Any, enlaces: Enlaces) -> str:
    if campo.tipo is TipoCampo.SI_NO:
        return "true" if dato else "false"
    if campo.tipo is TipoCampo.OPCIONES:
        return "|".join(dato)
    if campo.tipo is TipoCampo.ARCHIVO:
        return enlaces.archivo(TITULAR.siglas, "convenios", dato)
    if campo.es_maestro:
        return str(dato.get("texto", dato["id"]))
    return str(len(dato) or "") if campo.tipo is TipoCampo.TABLA else str(dato)


def de_persona(campo: Campo, dato: Any, enlaces: Enlaces) -> str:
    if campo.tipo is TipoCampo.ARCHIVO:
        return guard(enlaces.archivo(TITULAR.siglas, "convenios", dato))
    if campo.tipo is TipoCampo.TABLA:
        return str(len(dato) or "")
    try:
        leido = texto(campo, dato)
    except ValueError:  # la clave de un periodo que ya no se conoce
        leido = str(dato)
    return leido if campo.es_numero else guard(leido)


