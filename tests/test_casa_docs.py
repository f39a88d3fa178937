"""La casa: lo que dicen los documentos es lo que hay en el código."""

import re
from pathlib import Path

import pytest

from fracciones_config import Campo, Formato, TipoCampo

RAIZ = Path(__file__).resolve().parents[1]
CUARTOS = ("fracciones_config", "models", "admin_views", "portal", "tests", "docs", "benchmarks")


def leer(nombre: str) -> str:
    return (RAIZ / nombre).read_text(encoding="utf-8")


def variables_en_el_codigo() -> set[str]:
    """Las variables ``IPOMEX_…`` que el programa lee."""
    fuentes = [*RAIZ.glob("*.py"), *(RAIZ / "models").rglob("*.py"), *(RAIZ / "admin_views").rglob("*.py")]
    return {v for f in fuentes for v in re.findall(r"IPOMEX_[A-Z_]*[A-Z]", f.read_text(encoding="utf-8"))}


def ausentes(esperados: set[str], texto: str) -> set[str]:
    """Los que el texto no nombra como palabra completa."""
    return {palabra for palabra in esperados if not re.search(rf"\b{re.escape(palabra)}\b", texto)}


def test_el_readme_nombra_cada_variable() -> None:
    variables = variables_en_el_codigo()
    assert len(variables) > 4
    assert not ausentes(variables, leer("README.md"))


def test_el_readme_tiene_el_mapa_de_la_casa() -> None:
    readme = leer("README.md")
    cuartos = {f"{padre}/{hijo.name}/" for padre in ("models",) for hijo in (RAIZ / padre).iterdir()
               if hijo.is_dir() and not hijo.name.startswith("_")}
    assert len(cuartos) > 5
    assert not [cuarto for cuarto in cuartos | {f"{c}/" for c in CUARTOS} if cuarto not in readme]


def test_el_readme_tiene_exactamente_dos_ordenes_y_resumen_en_ingles() -> None:
    readme = leer("README.md")
    assert "make run" in readme and "make test" in readme
    assert re.search(r"(?im)^#+ .*english", readme)


@pytest.mark.parametrize("modelo", [Formato, Campo])
def test_la_guia_explica_cada_llave(modelo: type[Formato] | type[Campo]) -> None:
    guia = leer("docs/agregar-un-formato.md")
    llaves = set(modelo.model_fields) - {"clave", "paquete", "comun"}
    assert len(llaves) > 15
    assert not ausentes(llaves, guia)


def test_la_guia_y_la_arquitectura_nombran_cada_tipo() -> None:
    tipos = {str(tipo) for tipo in TipoCampo}
    assert not ausentes(tipos, leer("docs/agregar-un-formato.md"))
    assert not ausentes(tipos, leer("docs/arquitectura.md"))


def test_cada_decision_esta_en_el_indice() -> None:
    indice = leer("docs/adr/README.md")
    numeros = {ruta.name[:4] for ruta in (RAIZ / "docs/adr").glob("0*.md")}
    assert numeros
    assert not ausentes(numeros, indice)
    assert not [n for n in re.findall(r"\| (\d{4}) \|", indice) if n not in numeros]


def test_las_comparaciones_saben_fallar() -> None:
    assert ausentes({"IPOMEX_NUEVA"}, "| `IPOMEX_PUERTO` | el puerto |") == {"IPOMEX_NUEVA"}
