"""Lo protegido se lee como un vacío más, se guarda aparte y nadie lo puede fingir."""

import json
from typing import Any

import pytest

from models.domain.protegidos import build_protegido, keep_protegidos, split_vacios
from models.domain.validation import canonico, de_canonico
from models.hojas.salidas.formas import FORMAS, Salida
from models.hojas.salidas.renglones import to_bloques
from models.presentacion.protegido import columns_protegidas, is_protegido
from models.presentacion.textos import texto_vacio
from models.publicados.registros import registro_de
from tests.salidas_prep import TITULAR
from tests.test_salidas_libro import ENLACES, abrir, celdas, fila, tabla
from tests.test_validacion import COMPLETO, val

MARCA = {"acta": "CT/12/2026", "desde": "2026-11-22"}
DICHO = "Dato protegido desde el 22/11/2026 por el acta CT/12/2026"
TRES = {"datos": {"nota": "sí"}, "protegidos": {"curp": MARCA, "t": {**MARCA, "columnas": ["nombre"]}}, "vacios": {}}


def test_va_y_vuelve_sin_mezclarse_con_lo_que_alguien_dio() -> None:
    contenido = json.dumps(TRES, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    datos, vacios = de_canonico(contenido)
    assert canonico(datos, vacios) == contenido and set(vacios) == {"curp", "t"}
    assert texto_vacio(vacios["curp"]) == DICHO and split_vacios(vacios)[0] == {}
    assert "protegidos" not in json.loads(canonico({"a": "b"}, {})), "lo que no tiene nada protegido no cambia de bytes"


def test_un_protegido_fingido_no_se_acepta() -> None:
    fingido = val(COMPLETO, {"monto": dict(build_protegido(MARCA))})
    assert [p.campo for p in fingido.problemas] == ["monto"]


def test_lo_protegido_no_falta_y_termina_con_un_dato_nuevo() -> None:
    crudo = {nombre: dicho for nombre, dicho in COMPLETO.items() if nombre != "descripcion"}
    protegido = {"descripcion": build_protegido(MARCA)}
    assert val(crudo).faltan == ["descripcion"] and val(crudo, protegido).completa
    nuevo = val(COMPLETO, protegido)
    assert nuevo.completa and not nuevo.vacios and nuevo.datos["descripcion"] == "Patrullas"


@pytest.mark.parametrize(("renglones", "falta", "sigue"), [
    ([{"fecha": "1/2/2026"}], [], True), ([{"numero": "2", "fecha": "1/2/2026"}], [], False), ([], [], False)])
def test_una_columna_protegida_sigue_mientras_tenga_celdas_en_blanco(renglones: Any, falta: list[str], sigue: bool) -> None:
    protegido = {"cambios": build_protegido({**MARCA, "columnas": ["numero"]})}
    validacion = val({**COMPLETO, "cambios": renglones}, protegido)
    assert validacion.faltan == falta and ("cambios" in validacion.vacios) is sigue


def test_al_editar_se_conserva_lo_que_no_se_volvio_a_escribir() -> None:
    vacios: dict[str, Any] = {"b": {"causa": "no_aplica", "motivo": "No hay."}}
    antes = {"a": build_protegido(MARCA), "b": build_protegido(MARCA), "c": build_protegido(MARCA),
             "d": {"causa": "no_aplica", "motivo": "No hay."}}
    assert keep_protegidos({"c": "otro"}, vacios, antes) == ["a"] and set(vacios) == {"a", "b"}


def protegida() -> Any:
    contenido = {"datos": {"c_tabla": [{"s_texto": "uno"}, {"s_entero": 3}]}, "vacios": {},
                 "protegidos": {"c_texto": MARCA, "c_tabla": {**MARCA, "columnas": ["s_texto"]}}}
    return fila()._replace(contenido=json.dumps(contenido))


def test_el_registro_publico_dice_que_esta_protegido() -> None:
    registro = registro_de(tabla(), *protegida())
    assert is_protegido(registro, "c_texto") and not is_protegido(registro, "c_tabla") and not is_protegido(registro, "c_url")
    assert columns_protegidas(registro, "c_tabla") == {"s_texto"}
    assert texto_vacio(registro.vacios["c_texto"]) == DICHO and "c_tabla" not in registro.vacios


@pytest.mark.parametrize("forma", ["csv", "excel", "json"])
def test_cada_salida_lo_dice(forma: str) -> None:
    salida = Salida(tabla(), to_bloques(TITULAR, [[protegida()]]), ENLACES, "x")
    escrito = b"".join(FORMAS[forma].escribir(salida)).decode()
    assert "CT/12/2026" in escrito
    if forma == "json":
        [registro] = json.loads(escrito)
        assert registro["vacios"]["c_texto"]["causa"] == "protegido" and set(registro["protegidos"]) == {"c_texto", "c_tabla"}
    else:
        assert escrito.count("rotegido desde el 22/11/2026") == 2 and escrito.count(",2,") >= 1



def test_el_libro_lo_dice_en_sus_celdas_y_en_las_de_su_tabla() -> None:
    libro = abrir([protegida()])
    leidas = celdas(libro)
    assert leidas["c_texto"].value == "Dato protegido" and "CT/12/2026" in leidas["c_tabla__motivo"].value
    assert [[celda.value for celda in renglon][:3] for renglon in libro.worksheets[1].iter_rows(min_row=3)] == [
        [1, "uno", None], [1, "Dato protegido", 3]]
