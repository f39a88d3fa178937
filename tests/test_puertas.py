"""Las puertas por las que Flask-Admin, tal como viene, deja pasar a otros: todas, en cada formato, tocadas por dos personas.

Laura (la Unidad) y Julieta (captura) son de Metepec; los registros que buscan son de Toluca. Al final, las filas de Toluca
deben ser las mismas byte por byte. La lista sale de ``flask_admin.md`` 4.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fracciones_config import TipoCampo, load_catalogo
from models.adjuntos import Archivo
from models.domain.cuentas import assign
from models.domain.listas import filterable, sortable
from models.domain.lotes import freeze_lote, parametros_de
from models.folios import a_folio, de_folio
from models.sujetos import Aplicabilidad
from models.tareas import Lote
from models.trabajos.cola import enqueue
from tests.bases import CATALOGO
from tests.cliente import Pagina, Sitio, Visitante, tecleado
from tests.elenco import Persona
from tests.escenario import ausente, subir
from tests.retrato import retratar

pytest_plugins = "tests.sitio"

CLAVES = sorted(formato.clave for formato in load_catalogo(CATALOGO).activos)
ARTICULOS = ("12", "13", "14", "15")
SECRETO, PISTA = "Zacatepetl", "Ixtlahuaca"
"""Las dos están en cada registro de Toluca y en ningún otro lugar: se busca por la pista, y el secreto no debe aparecer."""

MALOS = ("", "1", "-1", "0", "99999999999999999999", "nada", "../../etc/passwd", "' OR 1=1 --", "\x00", "%00", "0" * 14,
         "ñ" * 14, "0am0zz" * 40)
ACTOS = ("borrar", "retirar", "publicar", "revisar", "devolver", "descartar", "restaurar", "recuperar", "responder",
         "solicitar_baja", "rechazar_baja")
FORJADOS = {"estado": "publicado", "version": "1", "a_cargo_de": "1", "creado_por": "1", "cambiado_por": "1",
            "publica": "1", "numero_publico": "7", "publico_desde": "1", "faltan": "0", "catalogo": "99",
            "contenido": "{}", "tokens": "x", "motivo": "x", "baja_por": "1"}


@dataclass(frozen=True)
class Puerta:
    """Un formato, quien toca y lo que busca: ``ajeno`` y ``publico`` son de Toluca; ``propio``, de quien toca."""

    sitio: Sitio
    clave: str
    quien: Persona
    visitante: Visitante
    propio: str
    ajeno: str
    publico: str
    lotes: tuple[Lote, ...] = ()
    trabajos: tuple[str, ...] = ()

    def url(self, pantalla: str = "") -> str:
        return self.sitio.url(pantalla, self.clave)

    def get(self, pantalla: str, **consulta: object) -> Pagina:
        return self.visitante.get(self.url(pantalla), **consulta)

    def post(self, pantalla: str, datos: dict[str, object]) -> Pagina:
        return self.visitante.post(self.url(pantalla), datos)

    def fila(self, folio: str) -> object:
        return self.sitio.casa.fila(de_folio(folio), self.clave)

    def registros(self) -> int:
        return int(self.sitio.casa.tabla(self.clave).trabajo.select().count())

    def ensena_algo(self, pagina: Pagina) -> bool:
        """Si en la respuesta hay algo de Toluca que no estuviera en lo que se pidió."""
        dicho = pagina.texto.lower()
        return SECRETO.lower() in dicho or any(f'data-folio="{folio}"' in dicho for folio in (self.ajeno, self.publico))

    def crudo(self, **campos: object) -> dict[str, object]:
        return dict(tecleado(self.sitio.casa.crudo(self.quien, self.clave, **campos)))


# --- leer lo ajeno ---

def lista_busqueda_y_filtros(p: Puerta) -> None:
    tabla = p.sitio.casa.tabla(p.clave)
    ajena = p.sitio.casa.toluca.obras
    consultas = [{}, {"q": PISTA}, {campo.nombre: ajena for campo in filterable(tabla)},
                 {"sujeto_id": str(p.sitio.casa.toluca.id), "creado_por": "1", "page": "-1", "desde": "nada", "ver": "100"},
                 {"estado": "publicado", "orden": "-sujeto_id"}, {"estado": "borrado", "orden": "contenido"}]
    consultas += [{"orden": "-"[:i % 2] + campo.nombre} for i, campo in enumerate(sortable(tabla))]
    for consulta in consultas:
        pagina = p.get("", **consulta)
        assert pagina.codigo == 200 and not p.ensena_algo(pagina), consulta
    assert p.get("", q=PISTA).folios == []


def exportacion(p: Puerta) -> None:
    for consulta in ({}, {"q": PISTA, "sujeto_id": str(p.sitio.casa.toluca.id)}):
        pagina = p.get("exportar", **consulta)
        assert pagina.codigo == 200 and SECRETO not in pagina.texto
        assert p.ajeno not in pagina.texto and p.publico not in pagina.texto


def detalle_historial_y_formulario(p: Puerta) -> None:
    for folio in (p.ajeno, p.publico):
        respuestas = [p.get(pantalla, id=folio) for pantalla in ("detalle", "historial", "editar")]
        respuestas.append(p.get("nuevo", de=folio))
        assert [r.codigo for r in respuestas] == [404] * 4
        assert not any(p.ensena_algo(r) for r in respuestas)


def lo_ajeno_y_lo_que_no_existe_se_contestan_igual(p: Puerta) -> None:
    ajena, inexistente = (p.get("detalle", id=folio).visible for folio in (p.ajeno, ausente()))
    assert ajena == inexistente


def folios_mal_escritos(p: Puerta) -> None:
    desde = CLAVES.index(p.clave) % len(MALOS)
    for malo in (MALOS + MALOS)[desde:desde + 3]:
        assert p.get("detalle", id=malo).codigo == 404, malo


def archivo_ajeno(p: Puerta) -> None:
    for archivo in Archivo.select().where(Archivo.sujeto_id == p.sitio.casa.toluca.id):
        assert p.get(f"archivo/{a_folio(archivo.id)}").codigo == 404
    assert p.get("archivo/..%2f..%2fapp.py").codigo == 404


# --- escribir en lo ajeno ---

def edicion(p: Puerta) -> None:
    datos = p.crudo(nota="La cambié.")
    for folio in (p.ajeno, p.publico):
        assert p.post(f"editar?id={folio}", {**datos, "version": "1"}).codigo == 404
        assert p.post("editar", {**datos, "id": folio, "version": "1"}).codigo == 404


def edicion_con_dos_ids(p: Puerta) -> None:
    """El id de la dirección es suyo y el del cuerpo no (o al revés): lo ajeno no se toca."""
    datos = p.crudo(nota="Con dos ids.")
    assert p.post(f"editar?id={p.ajeno}", {**datos, "id": p.propio, "version": "1"}).codigo == 404
    assert p.post(f"editar?id={p.propio}", {**datos, "id": p.ajeno, "version": "99"}).codigo == 409


def actos(p: Puerta) -> None:
    for acto in ACTOS:
        congelado = p.post("acciones", {"acto": acto, "sel": f"{p.ajeno}:1"})
        assert congelado.codigo in (302, 403), acto
        if congelado.codigo == 302:
            assert p.visitante.post(congelado.lleva_a, {"motivo": "Porque sí."}).codigo == 302


def confirmacion(p: Puerta) -> None:
    """La de un acto sobre lo ajeno dice lo mismo que la de lo que no existe."""
    pregunta = p.visitante.seguir(p.post("acciones", {"acto": "borrar", "sel": f"{p.ajeno}:1"}))
    assert "No existe o no está a su cargo." in pregunta.visible and not p.ensena_algo(pregunta)


def actos_con_ids_mezclados(p: Puerta) -> None:
    """De los marcados, se le hace al suyo; el ajeno queda fuera y se dice."""
    version = p.fila(p.propio).version
    congelado = p.visitante.post(p.url("acciones"), {
        "acto": "solicitar_baja", "sel": [f"{p.ajeno}:1", f"{p.propio}:{version}", f"{p.publico}:2", "basura:1"]})
    hecho = p.visitante.post(congelado.lleva_a, {"motivo": "Ya no procede."})
    avisos = p.visitante.seguir(hecho).avisos
    assert any("hecho con 1 " in aviso for aviso in avisos), avisos
    assert any("No existe o no está a su cargo." in aviso for aviso in avisos), avisos
    assert p.fila(p.propio).baja_motivo == "Ya no procede."


def todos_los_del_filtro(p: Puerta) -> None:
    """«Hacerlo con todos» solo alcanza a los propios."""
    congelado = p.visitante.post(p.url("acciones"), {"acto": "solicitar_baja", "todos": "si"})
    assert not p.ensena_algo(p.visitante.seguir(congelado))
    p.visitante.post(congelado.lleva_a, {"motivo": "Todo fuera."})


def lote_y_trabajo_de_otra_persona(p: Puerta) -> None:
    for lote in p.lotes:
        folio = a_folio(lote.id)
        assert p.get(f"confirmar/{folio}").codigo == 404
        assert p.post(f"confirmar/{folio}", {"motivo": "Lo confirmo yo."}).codigo == 404
        assert Lote.get(Lote.id == lote.id).confirmado_en is None
    for trabajo in p.trabajos:
        assert [p.visitante.get(f"/ipo/avance/{trabajo}{resto}").codigo for resto in ("", "/estado")] == [404, 404]
        assert p.visitante.post(f"/ipo/avance/{trabajo}/cancelar").codigo == 404


# --- lo que no se puede decir en un formulario ---

def alta_con_campos_forjados(p: Puerta) -> None:
    casa = p.sitio.casa
    forjados = {**FORJADOS, "sujeto_id": str(casa.toluca.id), "id": p.ajeno, "publicado_en": "1"}
    hecha = p.post("nuevo", {**p.crudo(), **forjados})
    assert hecha.codigo == 302, hecha.errores
    fila = p.fila(hecha.lleva_a.rpartition("=")[2])
    assert (fila.sujeto_id, fila.creado_por, fila.a_cargo_de, fila.cambiado_por) == (casa.metepec.id, *[p.quien.id] * 3)
    assert (fila.estado, fila.version, fila.publica, fila.numero_publico) == ("capturado", 1, None, 0)
    assert fila.id != de_folio(p.ajeno)


def edicion_con_campos_forjados(p: Puerta) -> None:
    antes = p.fila(p.propio)
    forjados = {**FORJADOS, "sujeto_id": str(p.sitio.casa.toluca.id), "version": str(antes.version)}
    assert p.post(f"editar?id={p.propio}", {**p.crudo(nota="Con forjados."), **forjados}).codigo == 302
    fila = p.fila(p.propio)
    assert (fila.sujeto_id, fila.creado_por, fila.a_cargo_de) == (antes.sujeto_id, antes.creado_por, antes.a_cargo_de)
    assert (fila.estado, fila.version, fila.numero_publico) == ("capturado", antes.version + 1, antes.numero_publico)


def maestros_y_archivos_ajenos(p: Puerta) -> None:
    """Un área, persona, órgano o archivo de Toluca no se puede elegir, ni copiando su folio: se rechaza campo por campo."""
    de_toluca = p.sitio.casa.toluca.referencias
    ajenos = {TipoCampo.AREA: de_toluca.area, TipoCampo.SERVIDOR_PUBLICO: de_toluca.persona,
              TipoCampo.ORGANO_COLEGIADO: de_toluca.organo, TipoCampo.ARCHIVO: de_toluca.pdf}
    campos = [campo for campo in p.sitio.casa.tabla(p.clave).formato.campos if campo.tipo in ajenos]
    elegidos = [campo for campo in campos if campo.tipo is TipoCampo.ARCHIVO]
    cuantos = p.registros()
    for cuales, como in ((campos, "{}"), (elegidos, "{}__elegido")):
        if cuales:
            pagina = p.post("nuevo", {**p.crudo(), **{como.format(campo.nombre): ajenos[campo.tipo] for campo in cuales}})
            assert pagina.codigo == 422
            assert all(f"{campo.etiqueta}: " in pagina.errores for campo in cuales), pagina.errores
            assert "contrato.pdf" not in pagina.errores
    assert p.registros() == cuantos


def formulas_en_la_descarga(p: Puerta) -> None:
    """Lo que Excel tomaría por fórmula sale con apóstrofo."""
    assert p.post("nuevo", p.crudo(nota='=HYPERLINK("http://malo")')).codigo == 302
    celdas = [celda for renglon in csv.reader(io.StringIO(p.get("exportar").texto)) for celda in renglon]
    assert [celda for celda in celdas if celda.startswith(("=", "+", "@", "|"))] == []
    assert "'=HYPERLINK(\"http://malo\")" in celdas


# --- rutas que no existen, y quien no puede ni asomarse ---

def rutas_de_fabrica(p: Puerta) -> None:
    assert p.get("ajax/lookup/?name=area&query=a").codigo == p.get("export/csv/").codigo == 404
    for ruta in ("ajax/update/", "action/", "delete/", "edit/", "new/"):
        assert p.post(ruta, {"id": p.ajeno, "rowid": p.ajeno, "action": "delete", "list_form_pk": p.ajeno}).codigo == 404


def sin_testigo_no_se_envia(p: Puerta) -> None:
    for ruta in ("nuevo", f"editar?id={p.propio}", "acciones", f"confirmar/{ausente()}", "traer"):
        assert p.visitante.post(p.url(ruta), {"id": p.propio, "version": "1"}, ficha=False).codigo == 400
    assert p.visitante.post(p.url("nuevo"), {**p.crudo(), "csrf_token": "falso"}, ficha=False).codigo == 400


def quien_no_tiene_el_formato(p: Puerta) -> None:
    """Otra fracción, el órgano garante y quien no ha entrado: no hay pantalla que les conteste."""
    casa = p.sitio.casa
    rutas = ["", "nuevo", f"editar?id={p.propio}", f"detalle?id={p.propio}", f"historial?id={p.propio}", "exportar"]
    ajenas = [casa.gabriela, *([casa.nadia] if p.clave not in casa.nadia.actor.claves else [])]
    for persona in ajenas:
        assert {p.sitio.de(persona).get(p.url(ruta)).codigo for ruta in rutas} == {404}, persona.usuario.usuario
    anonimo = p.sitio.anonimo()
    for ruta in rutas:
        pagina = anonimo.get(p.url(ruta))
        assert (pagina.codigo, pagina.lleva_a.partition("?")[0]) == (302, "/ipo")


def otro_papel_y_lo_de_otra_capturista(p: Puerta) -> None:
    """Capturar no es aprobar; y lo de Beto no es de Julieta."""
    casa = p.sitio.casa
    if p.quien is not casa.julieta:
        return
    de_beto = a_folio(casa.capturar(casa.beto, p.clave))
    for pantalla in ("detalle", "historial", "editar"):
        assert p.get(pantalla, id=de_beto).codigo == 404
    assert p.post(f"editar?id={de_beto}", {**p.crudo(), "version": "1"}).codigo == 404
    for acto in ("publicar", "revisar", "devolver", "retirar", "restaurar"):
        assert p.post("acciones", {"acto": acto, "sel": f"{p.propio}:1"}).codigo == 403
    assert de_beto not in p.get("").texto and p.fila(de_beto).version == 1


PUERTAS: tuple[Callable[[Puerta], None], ...] = (
    lista_busqueda_y_filtros, exportacion, detalle_historial_y_formulario, lo_ajeno_y_lo_que_no_existe_se_contestan_igual,
    folios_mal_escritos, archivo_ajeno, edicion, edicion_con_dos_ids, edicion_con_campos_forjados, actos,
    actos_con_ids_mezclados, lote_y_trabajo_de_otra_persona, alta_con_campos_forjados, maestros_y_archivos_ajenos,
    rutas_de_fabrica, sin_testigo_no_se_envia, quien_no_tiene_el_formato, otro_papel_y_lo_de_otra_capturista,
    formulas_en_la_descarga, confirmacion, todos_los_del_filtro,
)
CENTRALES = (lista_busqueda_y_filtros, exportacion, detalle_historial_y_formulario, edicion, actos_con_ids_mezclados,
             alta_con_campos_forjados)


@pytest.mark.parametrize("clave", CLAVES)
def test_ninguna_puerta_de_un_formato_da_a_otra_institucion(clave: str, sitio: Sitio) -> None:
    """Una de las dos toca todas, y la otra las centrales; en el formato siguiente, al revés."""
    casa = sitio.casa
    orden = (casa.julieta, casa.laura) if CLAVES.index(clave) % 2 else (casa.laura, casa.julieta)
    tocar(sitio, clave, dict(zip(orden, (PUERTAS, CENTRALES), strict=True)))


@pytest.mark.parametrize("clave", ["convenios", "directorio", "licitaciones"])
def test_tampoco_en_postgresql(clave: str, sitio_pg: Sitio) -> None:
    tocar(sitio_pg, clave, {sitio_pg.casa.julieta: PUERTAS})


def test_ningun_disfraz_de_formula_llega_a_la_descarga(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    disfraces = ("+1+1", "-2+3", "@SUM(A1)", "|cmd", "\u3000=1+1", "＝1+1", "\xa0-1")
    for disfraz in disfraces:
        casa.capturar(casa.julieta, objetivo=f"x\n{disfraz}", nota=disfraz)
    casa.capturar(casa.julieta, "situacion_financiera", total_ingresos="-5")
    descarga = julieta.get(sitio.url("exportar")).texto
    encabezado, *renglones = csv.reader(io.StringIO(descarga))
    notas = [renglon[encabezado.index("Nota")] for renglon in renglones][::-1]
    assert notas == [f"'{disfraz.strip()}" for disfraz in disfraces]
    con_numero = julieta.get(sitio.url("exportar", "situacion_financiera")).texto
    assert "-$5.00" in con_numero and "'-$5.00" not in con_numero


def test_si_una_puerta_se_abriera_se_notaria(sitio: Sitio) -> None:
    """Con una persona de Toluca tocando, las mismas preguntas encuentran lo que buscan."""
    casa = sitio.casa
    subir(sitio, casa.ines)
    ajeno, publico = (a_folio(casa.capturar(casa.ines, nota=f"{SECRETO}, {PISTA}")) for _ in range(2))
    inesita = Puerta(sitio, "convenios", casa.ines, sitio.de(casa.ines), ajeno, ajeno, publico)
    for puerta in (lista_busqueda_y_filtros, exportacion, detalle_historial_y_formulario, edicion, confirmacion,
                   archivo_ajeno):
        with pytest.raises(AssertionError):
            puerta(inesita)
    antes = retratar(casa.toluca.id)
    casa.editar(casa.ines, de_folio(ajeno), nota="Otra cosa.")
    despues = retratar(casa.toluca.id)
    assert {tabla for tabla in despues if antes.get(tabla) != despues[tabla]} == {
        "acto", "contenido_anterior", "reg_convenios", "tablero"}


def tocar(sitio: Sitio, clave: str, quienes: dict[Persona, tuple[Callable[[Puerta], None], ...]]) -> None:
    """Pone un registro de cada quien, toca las puertas que a cada quien le tocan y compara el retrato de Toluca."""
    casa = sitio.casa
    for institucion in (casa.metepec, casa.toluca):
        Aplicabilidad.create(sujeto_id=institucion.id, clave=clave, aplica=True)
    for persona in (casa.julieta, casa.beto, casa.ines, casa.ernesto):
        assign(persona.usuario, "articulo", ARTICULOS)
    subir(sitio, casa.ines)
    ajeno = casa.capturar(casa.ines, clave, nota=f"Lo de {SECRETO}, {PISTA}.")
    publico = casa.capturar(casa.ines, clave, nota=f"También de {SECRETO}, {PISTA}.")
    casa.hacer(casa.ramiro, "publicar", publico, clave=clave)
    lotes = tuple(freeze_lote(persona.actor, casa.tabla(clave), "borrar", [(ajeno, 1)])
                  for persona in (casa.ramiro, casa.ernesto))
    trabajos = tuple(a_folio(enqueue(lote.sujeto_id, "lote", parametros_de(lote), lote.usuario_id, 1).id) for lote in lotes)
    antes = retratar(casa.toluca.id)
    for quien, puertas in quienes.items():
        puerta = Puerta(sitio, clave, quien, sitio.de(quien), a_folio(casa.capturar(quien, clave)), a_folio(ajeno),
                        a_folio(publico), lotes, trabajos)
        for abrir in puertas:
            abrir(puerta)
    assert retratar(casa.toluca.id) == antes
