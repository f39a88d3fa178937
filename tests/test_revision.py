"""La revisión de los archivos: cada falta dice dónde está, qué pasa y cómo se remedia, y todas salen juntas."""

import re
from typing import NamedTuple

import pytest

from fracciones_config.faltas import Falta
from fracciones_config.revision import Archivos, revisar

COMUNES = b"""\
al_principio: []
al_final:
  - {nombre: nota, tipo: nota, etiqueta: Nota, ayuda: Aclare lo que falte., ejemplo: En firma.}
"""
PAQUETE = b"""\
nombre: De prueba
ley: Ley de prueba
vigente_desde: 2004-04-30
vigencia: Solo para estas pruebas.
articulos:
  - {numero: 12, titulo: Todo, obliga_a: Todos}
"""
BUENO = """\
nombre: Obras de prueba
nombre_corto: Obras
articulo: 12
fraccion: III
numero: 1
alias: [viejo]
descripcion: Lo que se construye.
instrucciones: Un registro por obra.
se_cuenta: [obra, obras]
aplica_a: [todos]
modo: por_periodo
periodicidad: anual
conservacion: {anteriores: 2, texto: Tres ejercicios.}
titulo: [obra]
fuentes:
  - {que: campos, texto: Inventados., certeza: alta}
grupos:
  - {clave: datos, titulo: Los datos}
campos:
  - nombre: obra
    tipo: texto
    etiqueta: Obra
    ayuda: Su nombre oficial.
    ejemplo: Puente peatonal
    grupo: datos
    en_lista: true
  - nombre: etapa
    tipo: opcion
    etiqueta: Etapa
    ayuda: En qué va.
    grupo: datos
    opciones: {inicio: Empieza, fin: Termina}
  - nombre: motivo_retraso
    tipo: texto
    etiqueta: Motivo
    ayuda: Por qué se atrasó.
    ejemplo: Lluvias
    grupo: datos
    obligatorio_si: {campo: etapa, es: [fin]}
  - nombre: pagos
    tipo: tabla
    etiqueta: Pagos
    ayuda: Uno por renglón.
    grupo: datos
    campos:
      - {nombre: monto, tipo: moneda, etiqueta: Monto, ayuda: En pesos., ejemplo: $10.00, sumable: true}
"""
RUTA = "formatos/obras.yaml"

PALABRAS_EN_INGLES = re.compile(
    r"\b(field|required|should|valid|input|value|string|must|expected|error|extra|permitted|character|not|found|None|str)\b",
    re.IGNORECASE)


class Caso(NamedTuple):
    """Un cambio sobre ``BUENO``: qué se cambia por qué, en qué línea y columna se espera la falta, y qué se dice."""

    viejo: str
    nuevo: str
    linea: int
    columna: int
    mensaje: str
    remedio: str


CASOS = {
    "llave desconocida": Caso(
        "modo: por_periodo", "modoo: por_periodo", 11, 1, "La llave «modoo» no existe.", "Revise la ortografía"),
    "llave que falta": Caso("nombre_corto: Obras\n", "", 1, 1, "Falta la llave «nombre_corto».", "Agréguela"),
    "llave que falta en un campo": Caso(
        "    ayuda: Su nombre oficial.\n", "", 20, 5, "Falta la llave «ayuda».", "Agréguela"),
    "llave repetida": Caso(
        "articulo: 12\n", "articulo: 12\narticulo: 13\n", 4, 1, "La llave «articulo» está repetida.", "Deje una sola"),
    "llave vacía": Caso("nombre_corto: Obras", "nombre_corto:", 2, 1, "«nombre_corto» debe ser texto.", "comillas"),
    "clave escrita": Caso("numero: 1", "clave: otra", 5, 1, "La clave es el nombre del archivo.", "Quite «clave»"),
    "bomba de alias": Caso(
        "alias: [viejo]", "alias: &a [viejo]\nse_cuenta: *a", 7, 1, "Hay un alias (*).", "sin & ni *"),
    "llave de mezcla": Caso("numero: 1", "<<: {numero: 1}", 5, 1, "Esta llave no se admite.", "<<"),
    "etiqueta de python": Caso(
        "nombre_corto: Obras", "nombre_corto: !!python/object/apply:os.system [ls]", 2, 1,
        "No se admiten etiquetas", "Quite lo que empieza con !"),
    "etiqueta de python en un texto": Caso(
        "nombre_corto: Obras", "nombre_corto: !!python/name:os.system", 2, 1, "No se admiten etiquetas", "!"),
    "etiqueta propia": Caso("nombre_corto: Obras", "nombre_corto: !x Obras", 2, 1, "No se admiten etiquetas", "!"),
    "no sin comillas": Caso(
        "    ejemplo: Lluvias", "    ejemplo: no", 37, 5, "«no» sin comillas se presta a confusión.", '"no" entre comillas'),
    "número con guion bajo": Caso(
        "    ejemplo: Lluvias", "    ejemplo: 12_1", 37, 5, "«12_1» sin comillas", '"12_1" entre comillas'),
    "número con cero delante": Caso(
        "    ejemplo: Lluvias", "    ejemplo: 0123", 37, 5, "«0123» sin comillas", '"0123" entre comillas'),
    "número donde va texto": Caso(
        "    ejemplo: Lluvias", "    ejemplo: 2026", 37, 5, "«ejemplo» debe ser texto.", "comillas"),
    "texto donde va número": Caso(
        "articulo: 12", "articulo: doce", 3, 1, "«articulo» debe ser un número entero.", "Escriba solo cifras"),
    "sí o no mal escrito": Caso(
        "    en_lista: true", "    en_lista: claro", 26, 5, "«en_lista» debe ser true o false.", "Escriba true o false"),
    "texto donde va lista": Caso(
        "aplica_a: [todos]", "aplica_a: todos", 10, 1, "«aplica_a» debe ser una lista.", "Escriba [a, b]"),
    "lista con un elemento de menos": Caso(
        "se_cuenta: [obra, obras]", "se_cuenta: [obra]", 9, 1, "«se_cuenta (elemento 2)»", "Agréguela"),
    "tipo que no existe": Caso(
        "    tipo: texto\n    etiqueta: Obra", "    tipo: dinero\n    etiqueta: Obra", 21, 5,
        "«dinero» no es un valor conocido de «tipo».", "moneda"),
    "valor que no existe": Caso(
        "periodicidad: anual", "periodicidad: diaria", 12, 1, "«diaria» no es un valor conocido", "mensual, trimestral"),
    "nombre con mayúsculas": Caso(
        "  - nombre: etapa", "  - nombre: Etapa", 27, 5, "«Etapa» no sirve como «nombre».", "Debe cumplir"),
    "nombre interno de Python": Caso(
        "  - nombre: etapa", "  - nombre: __class__", 27, 5, "«__class__» no sirve como «nombre».", "Debe cumplir"),
    "nombre reservado id": Caso("  - nombre: etapa", "  - nombre: id", 27, 5, "«id» ya lo pone el sistema.", "cámbiele"),
    "nombre reservado estado": Caso(
        "  - nombre: pagos", "  - nombre: estado", 40, 5, "«estado» ya lo pone el sistema.", "Quite el campo"),
    "nombre de un campo común": Caso(
        "  - nombre: pagos", "  - nombre: nota", 40, 5, "«nota» ya lo pone el sistema.", "Quite el campo"),
    "campo repetido": Caso("  - nombre: pagos", "  - nombre: obra", 40, 5, "El campo «obra» está repetido.", "una sola vez"),
    "grupo que no existe": Caso(
        "    grupo: datos\n    en_lista", "    grupo: dato\n    en_lista", 25, 5, "El grupo «dato» no está", "Use una"),
    "campo sin grupo": Caso("    grupo: datos\n    en_lista", "    en_lista", 20, 5, "A «obra» le falta «grupo».", "Ponga"),
    "grupo sin campos": Caso(
        "Los datos}", "Los datos}\n  - {clave: otro, titulo: Otro}", 19, 5, "El grupo «otro» no tiene campos.", "Quítelo"),
    "grupo repetido": Caso(
        "Los datos}", "Los datos}\n  - {clave: datos, titulo: Otro}", 19, 5, "El grupo «datos» está repetido.", "una sola"),
    "título que no es campo": Caso("titulo: [obra]", "titulo: [obras]", 14, 10, "«obras» no es un campo.", "Ponga campos"),
    "ninguna columna en lista": Caso("    en_lista: true\n", "", 19, 1, "Ningún campo tiene «en_lista: true».", "de 3 a 6"),
    "lista que no existe": Caso(
        "    opciones: {inicio: Empieza, fin: Termina}", "    lista: etapas", 32, 5, "No existe la lista «etapas».", "listas"),
    "opción sin opciones": Caso(
        "    opciones: {inicio: Empieza, fin: Termina}\n", "", 27, 5, "«etapa» es de opciones y no las tiene.", "Agregue"),
    "opciones en un texto": Caso(
        "    ejemplo: Lluvias", "    ejemplo: Lluvias\n    opciones: {a: A, b: B}", 33, 5, "no es de opciones.", "Use"),
    "clave de opción con mayúsculas": Caso(
        "{inicio: Empieza,", "{Inicio: Empieza,", 32, 16, "«Inicio» no sirve como «Inicio».", "Debe cumplir"),
    "condición sobre un campo que no existe": Caso(
        "{campo: etapa, es", "{campo: fase, es", 39, 5, "«fase» no es un campo.", "de este mismo archivo"),
    "condición con una opción que no existe": Caso(
        "es: [fin]", "es: [final]", 39, 5, "«final» no es opción de «etapa».", "Use la clave de la opción"),
    "tabla dentro de tabla": Caso(
        "{nombre: monto, tipo: moneda, etiqueta: Monto, ayuda: En pesos., ejemplo: $10.00, sumable: true}",
        "{nombre: monto, tipo: tabla, etiqueta: Monto, ayuda: En pesos., campos: [{nombre: x, tipo: entero, "
        'etiqueta: X, ayuda: X., ejemplo: "1"}]}', 46, 25, "Una tabla no lleva columnas «tabla».", "Use texto"),
    "tabla sin columnas": Caso(
        "    tipo: texto\n    etiqueta: Motivo", "    tipo: tabla\n    etiqueta: Motivo", 33, 5, "«tipo: tabla»", "Corrija"),
    "columna repetida": Caso(
        "sumable: true}", "sumable: true}\n      - {nombre: monto, tipo: fecha, etiqueta: X, ayuda: X., ejemplo: 01/01/2026}",
        47, 10, "El campo «monto» está repetido.", "una sola vez"),
    "patrón que RE2 no entiende": Caso(
        "    ejemplo: Lluvias", '    ejemplo: Lluvias\n    patron: "(a)\\\\1"\n    patron_dice: Dos letras', 38, 5,
        "La expresión no es válida para RE2.", "Quite referencias"),
    "patrón sin explicación": Caso(
        "    ejemplo: Lluvias", "    ejemplo: Lluvias\n    patron: a+", 38, 5, "lleva «patron_dice».", "Diga en español"),
    "suma de textos": Caso(
        "    ejemplo: Lluvias", "    ejemplo: Lluvias\n    sumable: true", 38, 5, "Solo los números se suman.", "Quite"),
    "acumulable y no sumable": Caso(
        "sumable: true}", "acumulable: true}", 46, 91, "Lo acumulable también es sumable.", "Agregue «sumable: true»"),
    "campo sin ejemplo": Caso("    ejemplo: Lluvias\n", "", 33, 5, "«motivo_retraso» no tiene ejemplo.", "Agregue «ejemplo:»"),
    "fracción que no es romano": Caso("fraccion: III", "fraccion: 3a", 4, 1, "«3a» no sirve como «fraccion».", "Debe cumplir"),
    "número fuera de rango": Caso("numero: 1", "numero: 27", 5, 1, "«numero» es demasiado grande.", "El máximo es 26"),
    "nombre demasiado largo": Caso(
        "nombre_corto: Obras", f"nombre_corto: {'x' * 61}", 2, 1, "«nombre_corto» es demasiado largo.", "60 caracteres"),
    "paquete que no existe": Caso("numero: 1", "paquete: otra_ley", 5, 1, "No existe el paquete «otra_ley».", "paquetes"),
    "artículo fuera del paquete": Caso(
        "articulo: 12", "articulo: 99", 3, 1, "El artículo 99 no está en el paquete.", "Agréguelo allá"),
    "dos puntos de más": Caso(
        "ayuda: En qué va.", "ayuda: En qué va: dígalo.", 30, 21, "YAML mal escrito: hay un «: » de más", "comillas"),
    "tabulador": Caso("    tipo: opcion", "\ttipo: opcion", 28, 1, "YAML mal escrito: hay un tabulador", "sangría"),
    "corchete sin cerrar": Caso(
        "se_cuenta: [obra, obras]", "se_cuenta: [obra, obras", 9, 12, "YAML mal escrito: falta cerrar un corchete", "comillas"),
    "comillas sin cerrar": Caso(
        "    ejemplo: Puente peatonal", "    ejemplo: \"Puente peatonal", 24, 14, "faltan las comillas que cierran un texto", "comillas"),  # noqa: E501
}

CRUDOS: dict[str, tuple[bytes, int, int, str]] = {
    "20 000 corchetes": (b"nombre: " + b"[" * 20_000, 1, 28, "Hay demasiados niveles anidados."),
    "20 000 corchetes cerrados": (b"nombre: " + b"[" * 20_000 + b"]" * 20_000, 1, 28, "Hay demasiados niveles anidados."),
    "200 000 guiones": (b"- " * 200_000, 1, 41, "Hay demasiados niveles anidados."),
    "no es UTF-8": ("nombre: Situación".encode("latin-1"), 1, 1, "El archivo no está en UTF-8."),
    "es UTF-16": (BUENO.encode("utf-16"), 1, 1, "El archivo no está en UTF-8."),
    "más de 1 MB": (b"nombre: " + b"x" * 1_000_000, 1, 1, "El archivo pesa más de 1 MB."),
    "carácter de control": (b"nombre: a\x00b", 1, 1, "un carácter que no se puede leer."),
    "vacío": (b"", 1, 1, "El archivo está vacío"),
    "una lista": (b"- nombre: x", 1, 1, "no es una lista de «llave: valor»."),
    "dos documentos": (BUENO.encode() + b"---\nnombre: x\n", 47, 1, "hay más de un documento"),
}


def con(formato: str | bytes = BUENO, **otros: str | bytes) -> Archivos:
    """Un catálogo mínimo con ese formato; ``otros`` son más archivos de ``formatos/``, sin ``.yaml``."""
    formatos = {"obras": formato, **otros}
    return {"comunes.yaml": COMUNES, "paquetes/arts_12_15.yaml": PAQUETE} | {
        f"formatos/{clave}.yaml": texto.encode() if isinstance(texto, str) else texto for clave, texto in formatos.items()}


def lugares(faltas: list[Falta]) -> list[str]:
    return [f"{f.archivo}:{f.linea}:{f.columna}" for f in faltas]


def dicho_en_espanol(falta: Falta) -> bool:
    """Si el mensaje y el remedio, quitando lo que va citado, no llevan palabras inglesas y están completos."""
    texto = re.sub(r"«[^»]*»|\^\S+", "", f"{falta.mensaje} {falta.remedio}")
    return bool(falta.mensaje and falta.remedio) and not PALABRAS_EN_INGLES.search(texto)


def test_el_catalogo_minimo_no_tiene_faltas() -> None:
    revision = revisar(con())
    assert revision.faltas == []
    assert revision.catalogo is not None
    assert list(revision.catalogo.por_clave["obras"].por_nombre) == ["obra", "etapa", "motivo_retraso", "pagos", "nota"]


def test_la_prueba_de_espanol_reconoce_el_ingles() -> None:
    assert not dicho_en_espanol(Falta("x", 1, 1, "Field required", "Agréguela."))
    assert dicho_en_espanol(Falta("x", 1, 1, "Falta la llave «value».", "Agréguela."))


@pytest.mark.parametrize("caso", CASOS.values(), ids=CASOS.keys())
def test_cada_falta_dice_donde_que_y_como(caso: Caso) -> None:
    assert BUENO.count(caso.viejo) == 1
    revision = revisar(con(BUENO.replace(caso.viejo, caso.nuevo)))
    assert revision.catalogo is None
    lugar = f"{RUTA}:{caso.linea}:{caso.columna}"
    suyas = [f for f in revision.faltas if lugares([f]) == [lugar] and caso.mensaje in f.mensaje and caso.remedio in f.remedio]
    assert suyas, [str(f) for f in revision.faltas]
    assert all(dicho_en_espanol(f) for f in revision.faltas), [str(f) for f in revision.faltas]


@pytest.mark.parametrize("crudo", CRUDOS.values(), ids=CRUDOS.keys())
def test_un_archivo_ilegible_no_tira_la_revision(crudo: tuple[bytes, int, int, str]) -> None:
    contenido, linea, columna, mensaje = crudo
    faltas = revisar(con(contenido)).faltas
    assert lugares(faltas) == [f"{RUTA}:{linea}:{columna}"]
    assert mensaje in faltas[0].mensaje
    assert dicho_en_espanol(faltas[0])


@pytest.mark.parametrize("nombre", ["Obras", "obras-publicas", "obras públicas", "2026", "a"])
def test_el_nombre_del_archivo_debe_servir_de_clave(nombre: str) -> None:
    archivos = con() | {f"formatos/{nombre}.yaml": BUENO.replace("numero: 1", "numero: 2").encode()}
    faltas = revisar(archivos).faltas
    assert lugares(faltas) == [f"formatos/{nombre}.yaml:1:1"]
    assert faltas[0].mensaje == f"«{nombre}» no sirve como clave."


def test_no_se_leen_subcarpetas() -> None:
    faltas = revisar(con() | {"formatos/mas/obras.yaml": BUENO.encode()}).faltas
    assert lugares(faltas) == ["formatos/mas/obras.yaml:1:1"]


@pytest.mark.parametrize(("alias", "dueno"), [("viejo", "obras"), ("obras", "obras")])
def test_un_alias_es_de_un_solo_formato(alias: str, dueno: str) -> None:
    otro = BUENO.replace("numero: 1", "numero: 2").replace("[viejo]", f"[{alias}]")
    faltas = revisar(con(puentes=otro)).faltas
    assert [str(f) for f in faltas] == [f"formatos/puentes.yaml:6:9: El alias «{alias}» ya es de «{dueno}». Use otro."]


def test_dos_formatos_no_ocupan_el_mismo_numero() -> None:
    faltas = revisar(con(puentes=BUENO.replace("[viejo]", "[nuevo]"))).faltas
    assert [str(f) for f in faltas] == [
        "formatos/puentes.yaml:5:1: Artículo 12, fracción III, formato 1: ya lo ocupa «obras». Cambie «numero»."]


def test_una_condicion_sobre_si_o_no_pide_true_o_false() -> None:
    si_no = BUENO.replace("tipo: opcion", "tipo: si_no").replace("    opciones: {inicio: Empieza, fin: Termina}\n", "")
    assert lugares(revisar(con(si_no)).faltas) == [f"{RUTA}:38:5"]
    assert revisar(con(si_no.replace("es: [fin]", "es: [true]"))).faltas == []


def test_una_condicion_sobre_una_lista_compartida_se_revisa() -> None:
    lista = b"nombre: Etapas\nfuente: Inventada.\nopciones: {inicio: Empieza, cierre: Cierra}\n"
    con_lista = BUENO.replace("opciones: {inicio: Empieza, fin: Termina}", "lista: etapas")
    faltas = revisar(con(con_lista) | {"listas/etapas.yaml": lista}).faltas
    assert [f.mensaje for f in faltas] == ["«fin» no es opción de «etapa»."]


def test_los_campos_comunes_tambien_se_revisan() -> None:
    comunes = COMUNES.replace(b"tipo: nota,", b"tipo: opcion, lista: nadie,")
    assert [(f.archivo, f.linea, f.mensaje) for f in revisar(con() | {"comunes.yaml": comunes}).faltas] == [
        ("comunes.yaml", 3, "No existe la lista «nadie».")]


@pytest.mark.parametrize(("cuantos", "bien"), [(120, True), (121, False)])
def test_un_formato_tiene_hasta_120_campos(cuantos: int, bien: bool) -> None:
    campo = "  - {{nombre: c{}, tipo: texto, etiqueta: C, ayuda: Algo., ejemplo: Algo, grupo: datos}}\n"
    revision = revisar(con(BUENO + "".join(campo.format(i) for i in range(cuantos - 4))))
    assert (revision.catalogo is not None) is bien
    assert [f.mensaje for f in revision.faltas] == ([] if bien else ["Hay más de 120 campos."])


def test_sin_archivos_se_dice_que_falta() -> None:
    assert [str(f) for f in revisar({}).faltas] == [
        "comunes.yaml:1:1: Falta este archivo. Recupérelo del control de versiones."]
    assert lugares(revisar({r: c for r, c in con().items() if r != RUTA}).faltas) == ["formatos:1:1"]


def test_todas_las_faltas_de_todos_los_archivos_salen_juntas_y_en_orden() -> None:
    archivos = con(
        BUENO.replace("modo: por_periodo", "modoo: por_periodo").replace("articulo: 12", "articulo: doce"),
        caminos=BUENO.replace("titulo: [obra]", "titulo: [camino]").replace("numero: 1", "numero: 2").replace(
            "viejo", "camino").replace("es: [fin]", "es: [final]"),
        puentes="nombre: [a",
        rotos=b"\xff",
    ) | {"listas/vacia.yaml": b"nombre: Vac\xc3\xada\nfuente: Nadie.\nopciones: {a: A}\n"}
    faltas = revisar(archivos).faltas
    assert faltas == sorted(faltas)
    assert lugares(faltas) == [
        "formatos/caminos.yaml:14:10", "formatos/caminos.yaml:39:5", "formatos/obras.yaml:1:1", "formatos/obras.yaml:3:1",
        "formatos/obras.yaml:11:1", "formatos/puentes.yaml:1:9", "formatos/rotos.yaml:1:1", "listas/vacia.yaml:3:1"]
    assert all(map(dicho_en_espanol, faltas))
