"""El padrón desde Excel y las cartas de acceso: leer con cuidado, decir qué pasaría, y que ninguna carta se pierda."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.domain.actos_de_sujeto import actos_de_sujeto
from models.domain.cartas import POR_DOCUMENTO, find_por_entregar, issue_cartas
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import change_contrasena, create_sin_contrasena
from models.domain.entrada import EntradaRechazada, autenticar
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.padron_excel import COLUMNAS, FILAS, PadronIlegible, import_padron, plan_of, strip_encabezado
from models.domain.permissions import Rol
from models.hojas.lectura import BYTES, HojaRechazada, read_filas
from models.hojas.plantilla import Columna, make_plantilla
from models.sujetos import PubSujeto, SujetoObligado
from models.usuarios import Usuario
from tests.cliente import Sitio
from tests.elenco import Casa
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

MALINALCO = ["H. Ayuntamiento de Malinalco", "Malinalco", "municipal", "Malinalco", "malinalco", "Rosa Juárez", ""]
TIANGUISTENCO = ["H. Ayuntamiento de Tianguistenco", "", "Ayuntamientos y organismos municipales", "", "tianguistenco", "", ""]


def libro(*filas: list[Any], encabezado: list[str] | None = None) -> bytes:
    hecho = Workbook()
    assert hecho.active is not None
    for fila in [encabezado or list(COLUMNAS.values()), *filas]:
        hecho.active.append(fila)
    salida = io.BytesIO()
    hecho.save(salida)
    return salida.getvalue()


def renglones(*filas: list[Any]) -> list[tuple[int, list[str]]]:
    return strip_encabezado(read_filas(libro(*filas), FILAS + 2, len(COLUMNAS)))


# --- leer con cuidado ---

def test_se_lee_lo_que_dice_cada_celda() -> None:
    leidas = read_filas(libro(["Uno", 3, 2.5, True, None, " x "]), 10, 6)
    assert leidas[1] == ["Uno", "3", "2.5", "si", "", " x "]


def con_parte(nombre: str, contenido: bytes) -> bytes:
    salida = io.BytesIO(libro(MALINALCO))
    with zipfile.ZipFile(salida, "a", zipfile.ZIP_DEFLATED) as paquete:
        paquete.writestr(nombre, contenido)
    return salida.getvalue()


MALOS: dict[str, tuple[Callable[[], bytes], str]] = {
    "vacío": (lambda: b"", "Elija"), "no es Excel": (lambda: b"%PDF-1.4 %%EOF", "No es un libro"),
    "muy pesado": (lambda: b"PK\x03\x04" + b"x" * BYTES, "2 MB"),
    "bomba": (lambda: con_parte("xl/relleno.xml", b"0" * 60_000_000), "demasiado por dentro"),
    "macros": (lambda: con_parte("xl/vbaProject.bin", b"x"), "macros"),
    "entidades": (lambda: con_parte("xl/mal.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "no está hecho como"),
    "cortado": (lambda: libro(MALINALCO)[:-200], "No es un libro"),
    "roto por dentro": (lambda: con_parte("xl/worksheets/sheet1.xml", b"<nada"), "No se pudo leer"),
}


@pytest.mark.parametrize("caso", MALOS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_lo_que_no_es_una_hoja_sana_se_rechaza_con_su_razon(caso: str) -> None:
    hacer, dice = MALOS[caso]
    with pytest.raises(HojaRechazada, match=dice):
        read_filas(hacer(), 10, 7)


def test_la_plantilla_lleva_encabezados_ayuda_y_la_lista_de_clases() -> None:
    hecha = make_plantilla("Hoja", [Columna("Nombre", "El nombre."), Columna("Clase", "Elija.", ("Una", "Otra"))], 10)
    hoja: Any = load_workbook(io.BytesIO(hecha)).active
    assert [celda.value for celda in hoja[1]] == ["Nombre", "Clase"] and "Elija." in hoja["B1"].comment.text
    [lista] = hoja.data_validations.dataValidation
    assert lista.formula1 == '"Una,Otra"' and str(lista.sqref) == "B2:B11"


# --- qué pasaría, y hacerlo ---

@pytest.mark.parametrize("filas, dice", [([], "ninguna institución"), ([["", " "]], "ninguna institución")])
def test_un_libro_sin_instituciones_se_dice(filas: list[list[str]], dice: str) -> None:
    with pytest.raises(PadronIlegible, match=dice):
        renglones(*filas)


def test_otros_encabezados_o_demasiados_renglones_no_se_leen() -> None:
    with pytest.raises(PadronIlegible, match="encabezados"):
        strip_encabezado([["Nombre", "Siglas"], ["x", "y"]])
    with pytest.raises(PadronIlegible, match="1,000"):
        strip_encabezado([list(COLUMNAS.values()), *([["x"] * 7] * (FILAS + 1))])


def test_cada_renglon_queda_como_nuevo_ya_estaba_o_rechazado_con_su_celda(casa: Casa) -> None:
    plan = plan_of(renglones(
        MALINALCO, [], ["h. ayuntamiento de METEPEC", "", "municipal", "", "metepec", "", ""],
        ["Otro Metepec", "", "municipal", "", "metepec", "", ""], ["Mal", "", "galáctica", "", "mal", "", ""],
        [*TIANGUISTENCO[:4], "malinalco", "", ""], [*TIANGUISTENCO[:6], "unidad.toluca"],
        [*TIANGUISTENCO[:6], "unidad.malinalco"],
        ["", "", "municipal", "", "sin-nombre", "", ""], TIANGUISTENCO))
    assert [(n.fila, n.siglas, n.usuario) for n in plan.nuevas] == [
        (2, "malinalco", "unidad.malinalco"), (11, "tianguistenco", "unidad.tianguistenco")]
    assert plan.ya_estan == ["h. ayuntamiento de METEPEC"]
    assert [r.celda for r in plan.rechazadas] == ["E5", "C6", "E7", "G8", "G9", "A10"]
    assert SujetoObligado.select().count() == 2, "mirar no crea nada"


def test_se_dan_de_alta_todas_o_ninguna(casa: Casa) -> None:
    buenos = renglones(MALINALCO, TIANGUISTENCO)
    assert len(import_padron(casa.gabriela.actor, buenos, vigente.foto.catalogo)) == 2
    assert PubSujeto.select().where(PubSujeto.siglas == "tianguistenco").exists()
    assert import_padron(casa.gabriela.actor, buenos, vigente.foto.catalogo) == [], "otra vez no duplica"
    mixtos = renglones(["Nueva", "", "municipal", "", "nueva", "", ""], ["Mala", "", "municipal", "", "ipo", "", ""])
    with pytest.raises(ActoImposible, match="Algo cambió"):
        import_padron(casa.gabriela.actor, mixtos, vigente.foto.catalogo)
    assert not SujetoObligado.select().where(SujetoObligado.siglas == "nueva").exists()
    with pytest.raises(NoPermitido):
        import_padron(casa.laura.actor, buenos, vigente.foto.catalogo)


# --- las cartas ---

def importar(casa: Casa) -> Usuario:
    import_padron(casa.gabriela.actor, renglones(MALINALCO), vigente.foto.catalogo)
    return Usuario.get(Usuario.usuario == "unidad.malinalco")  # type: ignore[no-any-return]


def test_la_cuenta_no_sirve_hasta_que_se_hace_su_carta_y_la_nueva_anula_a_la_de_antes(casa: Casa) -> None:
    cuenta = importar(casa)
    assert [uno.cuenta.id for uno in find_por_entregar(casa.gabriela.actor)] == [cuenta.id]
    [(_, primera)] = issue_cartas(casa.gabriela.actor, {cuenta.id})
    [(uno, segunda)] = issue_cartas(casa.gabriela.actor, {cuenta.id})
    with pytest.raises(EntradaRechazada):
        autenticar("unidad.malinalco", primera, "una red")
    assert autenticar("unidad.malinalco", segunda, "una red").debe_cambiar
    assert [a.acto for a in actos_de_sujeto(uno.sujeto.id)] == ["carta", "carta", "alta"]


def test_quien_ya_entro_no_recibe_otra_carta(casa: Casa) -> None:
    cuenta = importar(casa)
    [(_, temporal)] = issue_cartas(casa.gabriela.actor, {cuenta.id})
    change_contrasena(Usuario.get_by_id(cuenta.id), temporal, "nevado maguey rebozo jagüey")
    assert find_por_entregar(casa.gabriela.actor) == []
    for ids in ({cuenta.id}, {casa.laura.id}, {casa.julieta.id}, set[int]()):
        with pytest.raises(ActoImposible, match="Elija al menos una"):
            issue_cartas(casa.gabriela.actor, ids)
    with pytest.raises(NoPermitido):
        find_por_entregar(casa.laura.actor)


def test_de_una_vez_se_hacen_las_que_caben(casa: Casa) -> None:
    ids = {create_sin_contrasena(f"otra.{n}", "Otra", Rol.UNIDAD, casa.metepec.id).id for n in range(POR_DOCUMENTO + 1)}
    with pytest.raises(ActoImposible, match="hasta 50"):
        issue_cartas(casa.gabriela.actor, ids)
    assert Usuario.select().where(Usuario.contrasena_vence == 0).count() == len(ids), "no se tocó ninguna"


# --- en pantalla ---

def subir(sitio: Sitio, contenido: bytes) -> Pagina:
    gabriela = sitio.de(sitio.casa.gabriela)
    return gabriela.enviar(gabriela.get("/ipo/sujetos/importar").forma("form.media"), archivo=("padron.xlsx", contenido))


def test_de_la_plantilla_a_las_cartas(sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    hoja: Any = load_workbook(io.BytesIO(gabriela.get("/ipo/sujetos/plantilla").cuerpo))
    for fila in (MALINALCO, TIANGUISTENCO, ["Mala", "", "municipal", "", "ipo", "", ""]):
        hoja.active.append(fila)
    lleno = io.BytesIO()
    hoja.save(lleno)
    vista = subir(sitio, lleno.getvalue())
    assert "Se darán de alta 2 instituciones" in vista.visible and "E4" in vista.texto and "reservada" in vista.visible
    assert SujetoObligado.select().count() == 2
    cartas = gabriela.seguir(gabriela.enviar(vista.forma("form[action$='/confirmar']")))
    assert "Se dieron de alta 2 instituciones" in cartas.avisos[0] and "Falta su carta" in cartas.visible
    hechas = gabriela.enviar(cartas.forma("form:has([name=cuenta])"))
    assert len(hechas.sopa.select("article.carta")) == 2 and "no-store" in hechas.cabeceras["Cache-Control"]
    usuario, temporal = (codigo.text for codigo in hechas.sopa.select(".carta")[0].select(".entrega code")[1:])
    assert sitio.anonimo().entrar(usuario, temporal).codigo == 302
    de_nuevo = gabriela.enviar(gabriela.get("/ipo/sujetos/cartas").forma("form:has([name=cuenta])"))
    assert len(de_nuevo.sopa.select("article.carta")) == 2, "quien entró y no puso la suya todavía puede pedir otra"


@pytest.mark.parametrize("contenido, dice", [(b"hola", "No es un libro"), (libro(encabezado=["A", "B"]), "encabezados")])
def test_un_archivo_que_no_sirve_se_dice(contenido: bytes, dice: str, sitio: Sitio) -> None:
    pagina = subir(sitio, contenido)
    assert pagina.codigo == 422 and dice in pagina.sopa.select_one("[role=alert]").text


@pytest.mark.parametrize("visto", ["", "[]", "{}", "[[1]]", '[["x", []]]', "[" * 50_000, '[[2, ["a"]]]', "null"])
def test_a_la_pagina_no_se_le_cree(visto: str, sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    assert gabriela.post("/ipo/sujetos/importar/confirmar", {"visto": visto}).codigo == 422
    assert SujetoObligado.select().count() == 2


def test_la_puerta_es_de_quien_lleva_el_padron(sitio: Sitio) -> None:
    rutas = ("/ipo/sujetos/plantilla", "/ipo/sujetos/importar", "/ipo/sujetos/cartas")
    assert all(sitio.de(sitio.casa.laura).get(ruta).codigo == 404 for ruta in rutas)
    gabriela = sitio.de(sitio.casa.gabriela)
    assert all(gabriela.post(ruta, ficha=False).codigo == 400 for ruta in (*rutas[1:], "/ipo/sujetos/importar/confirmar"))
    assert gabriela.get("/ipo/sujetos/importar/confirmar").codigo == 405
    assert gabriela.post("/ipo/sujetos/cartas", {"cuenta": "x"}).codigo == 422
