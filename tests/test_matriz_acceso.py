"""Toda ruta × todo visitante, contra ``docs/matriz_acceso.csv``, que se escribe a mano y se puede firmar.

Los casos son los de Metepec: ``propio`` lo capturó quien captura ahí (el lote y el trabajo son de su Unidad), ``ajeno`` es de
Toluca y ``ausente`` no existe. ``entrada``: lo manda a entrar.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from flask import Flask

from admin_views.despacho import RUTAS
from admin_views.estatico import huella
from admin_views.rutas import CLASES
from admin_views.vista_formato import VistaFormato
from models.domain.cuentas import assign
from models.folios import a_folio, de_folio, nuevo_id
from models.reloj import ahora
from models.usuarios import Usuario
from tests.bases import RAIZ
from tests.cliente import Sitio, Visitante
from tests.elenco import CLAVE, Persona
from tests.escenario import CAMPO_DE_ARCHIVO, ausente, publicar, sembrar, subir

pytest_plugins = "tests.sitio"

MATRIZ = RAIZ / "docs" / "matriz_acceso.csv"
VISITANTES = ("anonimo", "garante", "unidad", "administrador", "capturista", "otro_capturista", "capturista_sin_formato",
              "otra_unidad")
METODOS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
DE_FABRICA = {"casa.index", "casa.static"}
"""Lo que Flask-Admin registra por su cuenta: existe en el mapa y responde 404 a todos."""

DIRECCIONES: Mapping[str, str] = {
    "oficina salud.salud": "/salud",
    "oficina estatico.archivo": "/ipo/estatico/{huella}/{hoja}",
    "oficina entrada.entrar": "/ipo",
    "oficina entrada.salir": "/ipo/salir",
    "oficina entrada.contrasena": "/ipo/contrasena",
    "oficina tablero.tablero": "/ipo/tablero",
    "oficina tablero.formatos": "/ipo/formatos",
    "oficina avance.avance": "/ipo/avance/{trabajo}",
    "oficina avance.estado": "/ipo/avance/{trabajo}/estado",
    "oficina avance.cancelar": "/ipo/avance/{trabajo}/cancelar",
    "oficina formato.index_view": "/ipo/f/{formato}/",
    "oficina formato.exportar": "/ipo/f/{formato}/exportar",
    "oficina formato.create_view": "/ipo/f/{formato}/nuevo",
    "oficina formato.edit_view": "/ipo/f/convenios/editar?id={registro}",
    "oficina formato.details_view": "/ipo/f/convenios/detalle?id={registro}",
    "oficina formato.historial": "/ipo/f/convenios/historial?id={registro}",
    "oficina formato.archivo": "/ipo/f/convenios/archivo/{archivo}",
    "oficina formato.acciones": "/ipo/f/convenios/acciones",
    "oficina formato.confirmar": "/ipo/f/convenios/confirmar/{lote}",
    "oficina formato.traer": "/ipo/f/{formato}/traer",
    "oficina casa.index": "/ipo/admin/",
    "oficina casa.static": "/ipo/admin/static/admin/css/bootstrap4/admin.css",
    "portal inicio.portada": "/",
    "portal instituciones.lista": "/instituciones",
    "portal instituciones.en_csv": "/instituciones.csv",
    "portal instituciones.en_json": "/instituciones.json",
    "portal institucion.pagina": "/{siglas}/",
    "portal institucion.en_csv": "/{siglas}.csv",
    "portal institucion.en_json": "/{siglas}.json",
    "portal formato.reciente": "/metepec/{formato}/",
    "portal formato.del_ejercicio": "/metepec/{formato}/2026/",
    "portal registro.pagina": "/metepec/convenios/r/{registro}",
    "portal registro.en_json": "/metepec/convenios/r/{registro}.json",
    "portal registro.en_csv": "/metepec/convenios/r/{registro}.csv",
    "portal descargas.csv_reciente": "/metepec/{formato}.csv",
    "portal descargas.csv_del_ejercicio": "/metepec/{formato}/2026.csv",
    "portal descargas.json_reciente": "/metepec/{formato}.json",
    "portal descargas.json_del_ejercicio": "/metepec/{formato}/2026.json",
    "portal archivo.descargar": "/metepec/archivo/{archivo}/contrato.pdf",
    "portal buscador.resultados": "/buscar?q=convenio",
    "portal acerca.pagina": "/acerca",
    "portal rastreadores.robots": "/robots.txt",
    "portal rastreadores.direccion_vieja": "/ipo/portal/{siglas}.web",
    "portal estatico.archivo": "/estatico/{hoja}",
}


class Renglon(NamedTuple):
    """Un renglón de la matriz: qué se pide y lo que cada visitante debe recibir."""

    cara: str
    endpoint: str
    metodos: tuple[str, ...]
    caso: str
    esperado: Mapping[str, str]

    @property
    def ruta(self) -> str:
        return f"{self.cara} {self.endpoint}"

    @property
    def a_quienes(self) -> tuple[str, ...]:
        """A quiénes se les pregunta: a todos, o a dos si no depende de quién es (portal, y métodos que no existen)."""
        da_lo_mismo = len(set(self.esperado.values())) == 1 and (self.cara == "portal" or "405" in self.esperado.values())
        return ("anonimo", "unidad") if da_lo_mismo else VISITANTES


def leer(archivo: Path = MATRIZ) -> list[Renglon]:
    with archivo.open(encoding="utf-8", newline="") as texto:
        return [Renglon(fila["cara"], fila["endpoint"], tuple(fila["metodos"].split()), fila["caso"],
                        {visitante: fila[visitante] for visitante in VISITANTES}) for fila in csv.DictReader(texto)]


def en_el_mapa(sitio: Sitio) -> set[str]:
    """«cara endpoint MÉTODO» de todo lo que las dos aplicaciones pueden recibir."""
    return {f"{cara} {regla.endpoint} {metodo}" for cara, app in _caras(sitio)
            for regla in app.url_map.iter_rules() for metodo in METODOS}


def _caras(sitio: Sitio) -> Iterator[tuple[str, Flask]]:
    yield "oficina", sitio.app
    yield "portal", sitio.portal


def en_la_matriz(renglones: list[Renglon]) -> set[str]:
    return {f"{renglon.ruta} {metodo}" for renglon in renglones for metodo in renglon.metodos}


# --- la matriz y el mapa dicen lo mismo ---

def test_toda_ruta_y_todo_metodo_estan_en_la_matriz_y_nada_mas(sitio: Sitio) -> None:
    reales, escritos = en_el_mapa(sitio), en_la_matriz(leer())
    assert len(reales) > 200
    assert reales - escritos == set(), "rutas sin renglón: diga qué recibe cada visitante"
    assert escritos - reales == set(), "renglones de rutas que ya no existen"
    assert {renglon.ruta for renglon in leer()} == set(DIRECCIONES)


def test_un_renglon_de_mas_o_de_menos_se_nota(sitio: Sitio) -> None:
    renglones, reales = leer(), en_el_mapa(sitio)
    assert reales - en_la_matriz(renglones[1:]) == {"oficina salud.salud GET"}
    de_mas = renglones[0]._replace(endpoint="puerta.trasera")
    assert en_la_matriz([*renglones, de_mas]) - reales == {"oficina puerta.trasera GET"}


def test_las_clases_cubren_justo_las_rutas_de_la_oficina(sitio: Sitio) -> None:
    endpoints = {regla.endpoint for regla in sitio.app.url_map.iter_rules()}
    assert set(CLASES) == endpoints - DE_FABRICA
    assert {nombre.removeprefix("formato.") for nombre in CLASES if nombre.startswith("formato.")} == {
        nombre for _, nombre, _ in RUTAS}


def test_de_flask_admin_no_llego_ninguna_ruta_nueva() -> None:
    """Si una versión nueva trae otra, hay que ver que siga cerrada antes de aceptarla."""
    assert {(ruta, nombre) for ruta, nombre, _ in VistaFormato._urls} == {
        ("/action/", "action_view"), ("/ajax/lookup/", "ajax_lookup"), ("/ajax/update/", "ajax_update"),
        ("/delete/", "delete_view"), ("/export/<export_type>/", "export"), ("/", "index_view")}


# --- la realidad y la matriz dicen lo mismo ---

@pytest.mark.parametrize("cara", ["oficina", "portal"])
def test_cada_visitante_recibe_lo_que_dice_la_matriz(cara: str, sitio: Sitio) -> None:
    plano = Plano(sitio)
    distintos = []
    for renglon in leer():
        if renglon.cara == cara:
            for visitante in renglon.a_quienes:
                for metodo in renglon.metodos:
                    recibido = plano.probar(renglon, visitante, metodo)
                    if recibido != renglon.esperado[visitante]:
                        distintos.append(f"{renglon.ruta} [{renglon.caso}] {metodo}, {visitante}: "
                                         f"{recibido}, no {renglon.esperado[visitante]}")
    assert distintos == []


def test_una_celda_equivocada_se_nota(sitio: Sitio) -> None:
    [renglon] = [r for r in leer() if r.endpoint == "formato.edit_view" and r.metodos == ("GET",) and r.caso == "ajeno"]
    plano = Plano(sitio)
    assert [plano.probar(renglon, v, "GET") for v in ("unidad", "otra_unidad", "anonimo")] == ["404", "200", "entrada"]


class Plano:
    """Sabe llegar a cada ruta, en cada caso, como cada visitante."""

    def __init__(self, sitio: Sitio) -> None:
        self.sitio = sitio
        casa = sitio.casa
        self.gente = {"garante": casa.gabriela, "unidad": casa.laura, "administrador": casa.ernesto,
                      "capturista": casa.julieta, "otro_capturista": casa.beto,
                      "capturista_sin_formato": sin_formato(casa.julieta), "otra_unidad": casa.ramiro}
        self.anonimo = sitio.anonimo()
        self.anonimo.ficha = self.anonimo.get("/ipo").ficha
        self.lugares = self._lugares()

    def probar(self, renglon: Renglon, nombre: str, metodo: str) -> str:
        """El código que recibe; ``entrada`` si lo mandan a entrar."""
        ruta = DIRECCIONES[renglon.ruta].format_map(self.lugares[renglon.caso, renglon.cara])
        visitante = self._visitante(nombre)
        es_post = metodo == "POST"
        recibida = visitante.post(ruta, self._datos(renglon, nombre)) if es_post else visitante.pedir(metodo, ruta)
        if renglon.endpoint == "entrada.salir" and nombre != "anonimo":
            self.sitio.de(self.gente[nombre], otra_vez=True)
        a_entrar = recibida.codigo == 302 and urlsplit(recibida.lleva_a).path == "/ipo" and nombre == "anonimo"
        return "entrada" if a_entrar else str(recibida.codigo)

    def _visitante(self, nombre: str) -> Visitante:
        return self.anonimo if nombre == "anonimo" else self.sitio.de(self.gente[nombre])

    def _datos(self, renglon: Renglon, nombre: str) -> dict[str, str]:
        acto = {"borrar lo propio": "borrar", "revisar lo propio": "revisar", "publicar lo propio": "publicar",
                "acto que no existe": "aprobar"}.get(renglon.caso)
        if acto:
            return {"acto": acto, "sel": f"{self.lugares['propio', 'oficina']['registro']}:1"}
        if renglon.endpoint == "entrada.entrar":
            return {"usuario": f"de-{nombre}", "contrasena": "tan larga que ni se compara" * 10}
        if renglon.endpoint == "formato.edit_view" and renglon.caso != "ausente":
            return {"version": str(self.sitio.casa.fila(self.ids[renglon.caso]).version),
                    CAMPO_DE_ARCHIVO: self.lugares[renglon.caso, "oficina"]["archivo"]}
        return {"actual": "equivocada", "nueva": "una cosa", "repetida": "otra"}

    def _lugares(self) -> dict[tuple[str, str], dict[str, str]]:
        """Qué va en cada hueco de una dirección, según el caso y la cara."""
        casa = self.sitio.casa
        propio, ajeno = sembrar(self.sitio, casa.julieta, casa.laura), sembrar(self.sitio, casa.ines, casa.ramiro)
        self.ids = {"propio": de_folio(propio.registro), "ajeno": de_folio(ajeno.registro)}
        nada = {"registro": ausente(), "archivo": ausente(), "lote": ausente(), "trabajo": ausente(),
                "formato": "nada", "siglas": "nadie", "huella": "0", "hoja": "nada.css"}
        de_oficina = {"": {}, "propio": {**vars(propio), "formato": CLAVE, "huella": huella("oficina.css"),
                                         "hoja": "oficina.css"},
                      "ajeno": vars(ajeno), "ausente": nada, "formato que no aplica": {"formato": "votaciones"},
                      "organigrama": {"formato": "organigrama"}, "formato sin maestro": {"formato": CLAVE},
                      "contraseña equivocada": {}, "contraseñas que no coinciden": {}, "borrar lo propio": {}, "revisar lo propio": {},
                      "publicar lo propio": {}, "acto que no existe": {}}
        return {**{(caso, "oficina"): lugar for caso, lugar in de_oficina.items()},
                **{(caso, "portal"): lugar for caso, lugar in self._del_portal(propio.registro, propio.archivo).items()},
                ("ausente", "portal"): nada, ("", "portal"): {}}

    def _del_portal(self, sin_publicar: str, su_archivo: str) -> dict[str, dict[str, str]]:
        casa = self.sitio.casa
        archivo, retirado = subir(self.sitio, casa.julieta), subir(self.sitio, casa.julieta)
        publico = publicar(self.sitio, casa.julieta, casa.laura, **{CAMPO_DE_ARCHIVO: archivo})
        ya_no = publicar(self.sitio, casa.julieta, casa.laura, **{CAMPO_DE_ARCHIVO: retirado})
        casa.hacer(casa.laura, "retirar", ya_no, motivo="Se publicó por error.")
        comunes = {"siglas": "metepec", "formato": CLAVE}
        return {"publicado": {**comunes, "registro": a_folio(publico), "archivo": archivo},
                "sin publicar": {**comunes, "registro": sin_publicar, "archivo": su_archivo},
                "retirado": {**comunes, "registro": a_folio(ya_no), "archivo": retirado},
                "propio": {"hoja": "portal.css"}}


def sin_formato(como: Persona) -> Persona:
    """Otra capturista de la misma institución, que solo lleva el artículo 15."""
    cuenta = Usuario.create(id=nuevo_id(), usuario="capt3.metepec", nombre="Mariana Olvera", rol="capturista",
                            sujeto_id=como.usuario.sujeto_id, contrasena=como.usuario.contrasena, debe_cambiar=False,
                            creado_en=ahora())
    assign(cuenta, "articulo", ["15"])
    return Persona(cuenta)
