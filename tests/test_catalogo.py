"""El catálogo real: carga, está completo, dice lo mismo que sus fuentes y no repite ayudas."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from fracciones_config import Campo, Catalogo, Formato, TipoCampo, load_catalogo
from fracciones_config.revision import read_archivos, revisar

CARPETA = Path(__file__).parents[1] / "fracciones_config"
CSV = CARPETA.parents[1] / "shared" / "datos" / "fracciones.csv"
FORMATOS_MAXIMOS_CON_EL_MISMO_TEXTO = 5
SIN_EJEMPLO = {TipoCampo.OPCION, TipoCampo.OPCIONES, TipoCampo.SI_NO, TipoCampo.ARCHIVO, TipoCampo.TABLA}

VINETAS = {  # las 42 de la lámina 4, en su orden, y el alias del formato que cumple cada una
    "Marco normativo": "art_12_i",
    "Organigrama": "art_12_ii_a",
    "Directorio de servidores públicos": "art_12_ii_b",
    "Programa anual de obras": "art_12_iii_a",
    "Procesos de licitación de obra pública": "art_12_iii_b",
    "Oficinas, ubicación y responsables": "art_12_iv_a",
    "Solicitudes de información recibidas y atendidas": "art_12_iv_b",
    "Acuerdos y actas": "art_12_vi",
    "Presupuesto asignado": "art_12_vii_a",
    "Informes de ejecución": "art_12_vii_b",
    "Programas de subsidio": "art_12_viii_a",
    "Padrones de beneficiarios": "art_12_viii_b",
    "Situación financiera": "art_12_ix",
    "Deuda pública municipal": "art_12_x",
    "Procesos de licitación y contratación": "art_12_xi",
    "Convenios": "art_12_xii",
    "Publicaciones y boletines": "art_12_xiv",
    "Informes de auditorías": "art_12_xviii",
    "Trámites y servicios": "art_12_xxi",
    "Planeación democrática": "art_13_i",
    "Ingresos, egresos y deuda pública": "art_13_ii",
    "Disposiciones reglamentarias": "art_13_iii",
    "Leyes y decretos": "art_14_i",
    "Informes entregados por entidades públicas": "art_14_ii",
    "Cuentas públicas entidades públicas": "art_14_iii",
    "Iniciativas de ley, decretos, acuerdos u otras disposiciones": "art_14_iv",
    "Informes": "art_14_v",
    "Diario de debates": "art_14_vi",
    "Agenda legislativa": "art_14_vii",
    "Listas de asistencia": "art_14_viii",
    "Votaciones de sesión": "art_14_ix",
    "Desarrollo de obras públicas": "art_15_i_a",
    "Planes de desarrollo municipal": "art_15_i_b",
    "Reservas territoriales y ecológicas": "art_15_i_c",
    "Hacienda pública municipal": "art_15_ii_a",
    "Valores unitarios de suelo y construcciones": "art_15_ii_b",
    "Protección civil": "art_15_iii_a",
    "Planes de desarrollo urbano": "art_15_iii_b",
    "Ordenamientos ecológicos": "art_15_iii_c",
    "Ordenamientos de uso de vía pública": "art_15_iii_d",
    "Indicadores": "art_12_xx",
    "Participaciones y aportaciones": "art_15_ii_c",
}


@pytest.fixture(scope="module")
def catalogo() -> Catalogo:
    return load_catalogo(CARPETA)


@pytest.fixture(scope="module")
def filas() -> list[dict[str, str]]:
    if not CSV.exists():
        pytest.skip(f"No está {CSV}: no se compara con el catálogo de partida.")
    with CSV.open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def propios(formato: Formato) -> Iterator[Campo]:
    """Los campos que el formato declara, y las columnas de sus tablas."""
    for campo in formato.campos:
        if not campo.comun:
            yield from (campo, *campo.campos)


def repetidos(textos: list[tuple[str, str]]) -> dict[str, list[str]]:
    """De parejas (texto, formato), los textos que están en demasiados formatos."""
    donde: dict[str, set[str]] = defaultdict(set)
    for texto, clave in textos:
        donde[texto.strip().casefold()].add(clave)
    return {t: sorted(c) for t, c in donde.items() if t and len(c) > FORMATOS_MAXIMOS_CON_EL_MISMO_TEXTO}


def test_el_catalogo_real_no_tiene_faltas() -> None:
    assert [str(falta) for falta in revisar(read_archivos(CARPETA)).faltas] == []


def test_hay_54_formatos_y_53_activos(catalogo: Catalogo) -> None:
    assert len(catalogo.formatos) == 54
    assert {formato.clave for formato in catalogo.formatos} - {f.clave for f in catalogo.activos} == {"indicadores_municipales"}


def test_el_catalogo_compilado_vuelve_igual(catalogo: Catalogo) -> None:
    assert Catalogo.de_json(catalogo.a_json()) == catalogo


def test_cada_fila_del_csv_es_un_formato_y_al_reves(catalogo: Catalogo, filas: list[dict[str, str]]) -> None:
    assert len(filas) == 54
    assert {fila["clave"] for fila in filas} == set(catalogo.por_alias)


def test_numeracion_y_aplicabilidad_coinciden_con_el_csv(catalogo: Catalogo, filas: list[dict[str, str]]) -> None:
    esperado = {f["clave"]: (int(f["articulo"]), f["fraccion"], set(f["aplica_a"].split("|"))) for f in filas}
    real = {alias: (f.articulo, f.fraccion, set(f.aplica_a)) for alias, f in catalogo.por_alias.items()}
    assert real == esperado


def test_cada_vineta_de_la_lamina_tiene_formato_activo(catalogo: Catalogo) -> None:
    assert len(VINETAS) == len(set(VINETAS.values())) == 42
    activos = {alias for alias, formato in catalogo.por_alias.items() if formato.activo}
    assert {vineta: alias for vineta, alias in VINETAS.items() if alias not in activos} == {}


def test_repetidos_encuentra_un_texto_en_seis_formatos_y_no_en_cinco() -> None:
    assert repetidos([("Igual", f"f{i}") for i in range(6)] + [("otro", f"f{i}") for i in range(5)]) == {
        "igual": ["f0", "f1", "f2", "f3", "f4", "f5"]}


@pytest.mark.parametrize("atributo", ["ayuda", "ejemplo"])
def test_ningun_texto_se_repite_en_mas_de_cinco_formatos(catalogo: Catalogo, atributo: str) -> None:
    textos = [(getattr(campo, atributo), f.clave) for f in catalogo.formatos for campo in propios(f)]
    assert len(textos) > 500
    assert repetidos(textos) == {}


def test_cada_campo_tiene_ayuda_y_ejemplo_si_su_tipo_lo_pide(catalogo: Catalogo) -> None:
    mudos = [f"{f.clave}.{c.nombre}" for f in catalogo.formatos for c in propios(f)
             if not c.ayuda or (not c.ejemplo and c.tipo not in SIN_EJEMPLO)]
    assert mudos == []


def test_cada_formato_ensena_de_dos_a_siete_columnas_y_dice_sus_fuentes(catalogo: Catalogo) -> None:
    assert {f.clave: len(f.en_lista()) for f in catalogo.formatos if not 2 <= len(f.en_lista()) <= 7} == {}
    faltan = {f.clave for f in catalogo.formatos if not {"obligacion", "campos"} <= {fuente.que for fuente in f.fuentes}}
    assert faltan == set()


@pytest.mark.parametrize("clave", ["cambios", "constancia", "versiones", "organos", "logo", "archivo"])
def test_una_clave_que_ya_es_direccion_del_portal_es_una_falta(clave: str) -> None:
    archivos = read_archivos(CARPETA)
    archivos[f"formatos/{clave}.yaml"] = archivos.pop("formatos/convenios.yaml")
    assert [f"«{clave}» ya es una dirección del portal." in str(falta) for falta in revisar(archivos).faltas] == [True]
