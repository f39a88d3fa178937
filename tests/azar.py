"""Peticiones al azar, pero repetibles: la misma semilla hace las mismas. Ninguna debe tirar el sistema ni tocar lo ajeno."""

import base64
import json
import random
from dataclasses import dataclass, field
from typing import Any

from models.formatos import Tabla
from tests.cliente import Sitio, tecleado
from tests.elenco import Persona
from tests.escenario import ausente

FEOS: tuple[str, ...] = (
    "", " ", "0", "-1", "1", "1e309", "NaN", "Infinity", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    "9" * 400, "1" * 5000, "0x10", "١٢٣", "½", "1_000", "+5", "31/02/2026", "29/02/2025", "2026-13-45", "0001-01-01",
    "99/99/9999", "9999-12-31", "24:61", "\x00", "a\x00b",
    "\x1b[31m", "\u202eoirartnoc", "\ufeff", "\ud7ff", "🙂" * 50, "é" * 300,
    "A" * 70_000, "Z̸͖" * 400, "palabra " * 2000, "' OR '1'='1", "'; DROP TABLE usuario; --", "%", "_", "\\", "%%s", "{0}",
    "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>", "../../etc/passwd", "..\\..\\win.ini", "null", "None", "true",
    "si", "no", "[]", "{}", "[[[[", "\r\nX-Malo: si", "javascript:alert(1)", "=1+1", "T1", "M13", "A", "2026", "-2026",
    "publicado", "borrado", "capturado", "todos", "--", "*", '"', '""" OR', "NEAR(", "a AND OR NOT", "ñ" * 90,
)
PANTALLAS = ("", "nuevo", "editar", "detalle", "historial", "exportar", "sipot", "revisar", "archivo/{}", "confirmar/{}",
             "acciones", "traer", "version", "deshacer", "justificar", "suprimir", "plantilla", "cargar", "cargas/{}",
             "cargas/{}/estado", "cargas/{}/errores", "exportar/{}", "exportar/xlsx")
SUELTAS = ("/ipo/tablero", "/ipo/formatos", "/ipo/contrasena", "/ipo", "/ipo/avance/{}", "/ipo/avance/{}/estado", "/salud",
           "/ipo/avance/{}/cancelar", "/ipo/estatico/x/{}", "/ipo/admin/", "/ipo/f/{}/", "/ipo/f/art_12_xii/", "/ipo/{}",
           "/ipo/avance/{}/deshacer", "/ipo/acuses", "/ipo/acuses/{}", "/ipo/revision",
           "/ipo/usuarios", "/ipo/usuarios/nuevo", "/ipo/usuarios/{}", "/ipo/usuarios/{}/encargo", "/ipo/usuarios/{}/relevo",
           "/ipo/usuarios/{}/bloquear", "/ipo/usuarios/{}/desbloquear", "/ipo/usuarios/{}/contrasena",
           "/ipo/sujetos", "/ipo/sujetos/nuevo", "/ipo/sujetos/importar", "/ipo/sujetos/importar/confirmar",
           "/ipo/sujetos/cartas", "/ipo/sujetos/{}", "/ipo/sujetos/metepec", "/ipo/sujetos/metepec/editar",
           "/ipo/sujetos/metepec/siglas", "/ipo/sujetos/metepec/extinguir", "/ipo/sujetos/metepec/desbloquear/{}",
           "/ipo/configuracion", "/ipo/configuracion/logo", "/ipo/sesion", "/ipo/sesion/seguir", "/ipo/borradores",
           "/ipo/borradores/convenios/guardar", "/ipo/borradores/{}/guardar", "/ipo/borradores/{}/descartar",
           "/ipo/presencia/convenios", "/ipo/presencia/{}", "/ipo/faltantes", "/ipo/copia/{}", "/ipo/copia/convenios",
           "/ipo/aplicabilidad", "/ipo/sujetos/metepec/aplicabilidad", "/ipo/prorrogas",
           "/ipo/prorrogas/{}/revocar", "/ipo/lecturas", "/ipo/sujetos/metepec/sellados",
           "/ipo/sujetos/metepec/sellados/{}", "/ipo/sujetos/metepec/sin-publicar",
           "/ipo/sujetos/metepec/sin-publicar/{}", "/ipo/sujetos/metepec/sin-publicar/convenios/{}",
           "/ipo/sujetos/metepec/siglas", "/ipo/sujetos/metepec/extinguir",
           "/ipo/sujetos/metepec/desbloquear/{}",
           "/ipo/configuracion", "/ipo/configuracion/logo", "/ipo/faltantes", "/ipo/copia/{}", "/ipo/copia/convenios",
           "/ipo/ausencias", "/ipo/ausencias/{}/proponer", "/ipo/ausencias/convenios/proponer", "/ipo/ausencias/{}/aprobar",
           "/ipo/primeros-pasos", "/ipo/ayuda/{}", "/ipo/ayuda/capturas/{}",
           "/ipo/sin-cambios", "/ipo/sin-cambios/{}/aprobar", "/ipo/sin-cambios/{}/revocar",
           "/ipo/mensajes", "/ipo/mensajes/nuevo", "/ipo/mensajes/{}", "/ipo/mensajes/{}/responder",
           "/ipo/organos", "/ipo/organos/nuevo", "/ipo/organos/{}", "/ipo/organos/{}/datos", "/ipo/organos/{}/baja",
           "/ipo/organos/{}/publicar", "/ipo/organos/{}/retirar", "/ipo/organos/{}/integrantes/nuevo",
           "/ipo/organos/{}/sesiones/nuevo", "/ipo/organos/{0}/sesiones/{0}/quitar", "/ipo/organos/{0}/sesiones/{0}/acta",
           "/ipo/mensajes/{}/sin-leer", "/ipo/mensajes/leer-todo", "/ipo/faltantes/recordar", "/ipo/mensajes/preferencias",
           "/ipo/observaciones", "/ipo/observaciones/nueva", "/ipo/observaciones/{}", "/ipo/observaciones/{}/responder",
           "/ipo/observaciones/{}/cerrar", "/ipo/observaciones/{}/reabrir",
           "/ipo/organigrama", "/ipo/organigrama/mover", "/ipo/organigrama/{}/quitar",
           "/ipo/organigrama/{}/reactivar", "/ipo/directorio", "/ipo/directorio/{}/baja", "/ipo/directorio/{}/reactivar",
           "/ipo/organigrama/importar", "/ipo/directorio/plantilla", "/ipo/directorio/importar/confirmar",
           "/ipo/usuarios/{}/nada", "/ipo/cargas", "/ipo/archivos-pendientes", "/ipo/archivos-pendientes/{}",
           "/ipo/archivos-pendientes/convenios", "/ipo/f/convenios/cargar", "/ipo/f/convenios/cargas/{}/confirmar",
           "/ipo/f/convenios/cargas/{}/correcciones", "/ipo/f/convenios/cargas/{}/archivos",
           "/ipo/f/convenios/cargas/{}/deshacer", "/ipo/f/convenios/cargas/{}/reanudar")
DEL_PORTAL = ("/", "/instituciones", "/instituciones.csv", "/buscar", "/buscar.json", "/buscar/sugerencias",
              "/acerca", "/denuncia", "/accesibilidad",
              "/metepec/", "/{}/", "/metepec/{}/",
              "/metepec/convenios/", "/metepec/convenios/2026/", "/metepec/convenios/{}/", "/toluca/convenios.csv",
              "/metepec/convenios.json", "/metepec/convenios/r/{}", "/metepec/convenios/r/{}.json",
              "/metepec/convenios/r/{}/versiones", "/metepec/convenios/r/{0}/v/{0}", "/cambios", "/cambios.atom",
              "/metepec/cambios", "/metepec/{}/cambios.atom",
              "/estatico/{}",
              "/metepec/archivo/{}/x.pdf", "/ipo/portal/{}.web", "/{}", "/{}/logo.png",
              "/metepec/organos/", "/metepec/organos/{}",
              "/metepec.json", "/robots.txt", "/datos/{}.csv", "/datos/convenios.csv", "/datos/convenios/2026.json",
              "/datos/convenios/{}.xlsx", "/datos/convenios.tabla_{}.csv", "/datos/{}", "/datos/volcado.zip",
              "/datos/volcado.zip.sha256", "/datos/datapackage.json", "/datos", "/data.json", "/datos/catalogo.jsonld",
              "/{}/data.json", "/metepec/catalogo.jsonld",
              "/metepec/convenios/{}.csv-metadata.json", "/datos/{}.csv-metadata.json",
              "/datos/convenios.tabla_{}.csv-metadata.json",
              "/diccionario/{}", "/diccionario/convenios.csv", "/esquemas/{}.json", "/esquemas/convenios.tabla_{}.tabla.json",
              "/sitemap.xml", "/sitemap/{}.xml", "/api/", "/api/openapi.json", "/api/v1/instituciones", "/api/v1/formatos/{}",
              "/api/v1/registros/convenios", "/api/v1/registros/{}", "/api/v1/registros/convenios/metepec/{}",
              "/informacion/{}/", "/informacion/convenios/", "/informacion/convenios/2026/", "/informacion/convenios/{}/",
              "/informacion/convenios.csv", "/informacion/{}.json")
CONSULTAS = ("q", "orden", "desde", "ver", "estado", "ejercicio", "periodo", "baja", "page", "area_responsable", "id", "de",
             "antes", "despues", "archivo", "responsable",
             "institucion", "tema", "para", "sigue", "area", "tipo_convenio", "sujeto_id", "creado_por",
             "carpeta", "antes", "poder", "con", "en_vez_de", "carga", "que",
             "articulo", "monto_desde", "monto_hasta", "fecha_desde", "fecha_hasta", "al", "constancia", "huella", "a",
             "municipio", "clase", "limite", "cursor", "so", "columnas", "monto_recursos_desde", "fecha_firma_hasta")
FORJADOS = ("estado", "sujeto_id", "creado_por", "a_cargo_de", "version", "id", "publica", "numero_publico", "envio",
            "contenido", "tokens", "luego", "csrf_token ", "id[]", "contrapartes-99999-nombre", "contrapartes-0-nada",
            "contrapartes--1-nombre", "contrapartes-٣-nombre", "nota__causa", "nota__motivo", "convenio__elegido",
            "convenio__quitar", "convenio__subir", "periodo", "ejercicio", "x" * 500, "\x00")
ACTOS = ("borrar", "retirar", "publicar", "revisar", "responder", "devolver", "descartar", "restaurar", "recuperar",
         "solicitar_baja", "rechazar_baja", "editar", "aprobar", "", "\x00")


@dataclass
class Peticion:
    """Una petición hecha al azar."""

    metodo: str
    ruta: str
    consulta: dict[str, str] = field(default_factory=dict)
    datos: dict[str, Any] = field(default_factory=dict)
    con_testigo: bool = True

    def __str__(self) -> str:
        return f"{self.metodo} {self.ruta!r:.200} ?{self.consulta!r:.300} {self.datos!r:.600}"


class Azar:
    """Inventa peticiones para una persona; conoce folios propios, ajenos y que no existen."""

    def __init__(self, semilla: int, sitio: Sitio, folios: dict[str, list[str]]) -> None:
        self.azar, self.sitio, self.folios = random.Random(semilla), sitio, folios

    def peticion(self, persona: Persona) -> Peticion:
        claves = sorted(persona.actor.claves) or ["convenios"]
        clave = self.azar.choice([self.azar.choice(claves), "convenios", "convenios"])
        [hacer] = self.azar.choices(
            (self._lectura, self._alta, self._edicion, self._acto, self._suelta, self._portal),
            weights=(38, 12, 15, 12, 9, 14))
        hecha: Peticion = hacer(persona, self.sitio.casa.tabla(clave))
        hecha.con_testigo = self.azar.random() < 0.93
        if self.azar.random() < 0.03:
            hecha.metodo = self.azar.choice(("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "NADA"))
        return hecha

    def folio(self, clase: str = "") -> str:
        """Casi siempre uno que existe (propio o ajeno) de esa clase; a veces de otra, y a veces echado a perder."""
        dado = self.azar.random()
        otra = self.azar.choice(self.folios[self.azar.choice(sorted(self.folios))])
        if dado < 0.75:
            return self.azar.choice(self.folios[clase]) if clase else otra
        if dado < 0.9:
            return self.azar.choice((otra, ausente()))
        entero = list(otra)
        entero[self.azar.randrange(14)] = self.azar.choice("0zu-ñ")
        return self.azar.choice(("".join(entero), self.feo()))

    def feo(self) -> str:
        return self.azar.choice(FEOS)

    def cursor(self) -> str:
        valor = self.azar.choice((None, 1, 2**70, "x", "\ud800", "\x00", "2026-01-01", True, 1.5, [], {}, "9" * 300))
        crudo = json.dumps([valor, self.azar.choice((str(2**62), "-5", "x", 1)), self.azar.choice((0, 1, "no"))])
        texto = base64.urlsafe_b64encode(crudo.encode()).decode()
        return self.azar.choice((texto, texto.rstrip("="), texto[:-3], self.feo()))

    def _consulta(self, tabla: Tabla) -> dict[str, str]:
        nombres = [*CONSULTAS, *(campo.nombre for campo in tabla.formato.campos)]
        consulta = {nombre: self.feo() for nombre in self.azar.sample(nombres, self.azar.randrange(4))}
        if self.azar.random() < 0.4:
            signo, campo = self.azar.choice(("", "-")), self.azar.choice(tabla.formato.campos)
            consulta |= {"orden": signo + campo.nombre, "desde": self.cursor()}
        return consulta

    def _lectura(self, persona: Persona, tabla: Tabla) -> Peticion:
        pantalla = self.azar.choice(("", *PANTALLAS[:9], "version"))
        pantalla = pantalla.format(_en_ruta(self.folio("lote" if pantalla.startswith("conf") else "archivo")))
        consulta = self._consulta(tabla)
        if pantalla in ("nuevo", "editar") and self.azar.random() < 0.2:
            consulta["borrador"] = self.folio("borrador")
        if pantalla in ("editar", "detalle", "historial", "version", "revisar"):
            consulta["id"] = self.folio("registro")
            if pantalla == "version":
                consulta |= {self.azar.choice(("n", "n", "publica")): self.azar.choice(("1", "1", "2", self.feo()))}
        elif pantalla == "nuevo" and self.azar.random() < 0.3:
            consulta["de"] = self.folio("registro")
        return Peticion("GET", self.sitio.url(pantalla, tabla.clave), consulta)

    def _datos(self, persona: Persona, tabla: Tabla) -> dict[str, Any]:
        """Un registro bien lleno, con algunos campos echados a perder, quitados o forjados."""
        if self.azar.random() < 0.1:
            return {}
        quien = persona if persona.usuario.sujeto_id else self.sitio.casa.laura
        datos: dict[str, Any] = {nombre: valores if len(valores) > 1 else valores[0] for nombre, valores in
                                 tecleado(self.sitio.casa.crudo(quien, tabla.clave)).lists()}
        for nombre in self.azar.sample(sorted(datos), min(len(datos), self.azar.choice((0, 0, 1, 2, 5)))):
            datos[nombre] = self.azar.choice((self.feo(), self.feo(), self.folio(), [self.feo(), self.feo()]))
        for nombre in self.azar.sample(FORJADOS, self.azar.randrange(4)):
            datos[nombre] = self.azar.choice((self.feo(), self.folio()))
        if self.azar.random() < 0.1:
            datos["convenio__subir"] = (self.feo()[:300] or "x", self.azar.randbytes(200))
        return datos

    def _alta(self, persona: Persona, tabla: Tabla) -> Peticion:
        return Peticion("POST", self.sitio.url("nuevo", tabla.clave), datos=self._datos(persona, tabla))

    def _edicion(self, persona: Persona, tabla: Tabla) -> Peticion:
        datos = self._datos(persona, tabla) | {f"tomar__{c.nombre}": "otra" for c in self.azar.sample(tabla.formato.campos, 2)}
        datos |= {"version": self.azar.choice(("1", "2", self.feo()))}
        return Peticion("POST", self.sitio.url("editar", tabla.clave), {"id": self.folio("registro")}, datos)

    def _acto(self, persona: Persona, tabla: Tabla) -> Peticion:
        if self.azar.random() < 0.2:
            datos = {"acto": self.azar.choice(ACTOS), "version": self.azar.choice(("1", "2", self.feo())),
                     "motivo": self.azar.choice(("", "Falta.", self.feo())), "senal-objetivo": self.feo(), "senal-nada": "x"}
            consulta = self._consulta(tabla) | {"id": self.folio("registro")}
            return Peticion("POST", self.sitio.url("revisar", tabla.clave), consulta, datos)
        if self.azar.random() < 0.3:
            ruta = self.sitio.url(f"confirmar/{_en_ruta(self.folio('lote'))}", tabla.clave)
            return Peticion("POST", ruta, datos={"motivo": self.azar.choice(("Porque sí.", self.feo()))})
        versiones = [self.azar.choice(("1", "2", self.feo())) for _ in range(self.azar.randrange(1, 5))]
        marcas = [f"{self.folio('registro')}:{version}" for version in versiones]
        if self.azar.random() < 0.1:
            que = self.azar.choice(("id", "lote"))
            return Peticion("POST", self.sitio.url("deshacer", tabla.clave), datos={
                que: self.folio("registro" if que == "id" else "lote")})
        if self.azar.random() < 0.15:
            consulta = {"id": self.folio("registro"), "n": self.azar.choice(("1", "2", self.feo()))}
            return Peticion("POST", self.sitio.url("version", tabla.clave), consulta, {"vista": versiones[0]})
        datos = {"acto": self.azar.choice(ACTOS), "sel": marcas}
        if self.azar.random() < 0.1:
            datos["todos"] = "si"
        return Peticion("POST", self.sitio.url(self.azar.choice(("acciones", "acciones", "traer")), tabla.clave),
                        self._consulta(tabla), datos)

    def _suelta(self, persona: Persona, tabla: Tabla) -> Peticion:
        clase = self.azar.choice(("trabajo", "carga", "hilo", "maestro", ""))
        hueco = self.folio(clase) if clase else self.feo()
        ruta = self.azar.choice(SUELTAS).format(_en_ruta(hueco))
        datos = {"usuario": self.feo(), "contrasena": "x" * 201, "sigue": self.feo(), "actual": "x" * 201,
                 "sel": self.azar.choice((self.feo(), f"{tabla.clave}:{self.feo()}:T1", f"{tabla.clave}:2026:T3")),
                 "nueva": self.feo(), "repetida": self.feo(), "asunto": self.feo(), "texto": self.feo(),
                 "correo": self.feo(), "formato": self.azar.choice((self.feo(), "convenios")), "dias": self.feo(),
                 "registro": self.folio("registro"), "campo": self.azar.choice((self.feo(), "convenio")),
                 "entrega": self.azar.choice((self.feo(), "convenios:2026:T3", "convenios:0:")),
                 "para": [self.feo(), self.azar.choice(("todos", "garante", "unidad", "persona:x"))],
                 "envio": self.azar.choice((self.feo(), self.folio(), "a" * 32)), "id": self.folio("registro"),
                 "version": self.feo(), "objetivo": self.feo(), "contrapartes-0-nombre": self.feo()}
        return Peticion(self.azar.choice(("GET", "GET", "POST")), ruta, self._consulta(tabla), datos | self._de_maestros())

    def _de_maestros(self) -> dict[str, Any]:
        """Lo que piden las pantallas de órganos, bajas y cargas desde Excel: a veces bien, a veces no."""
        return {"nombre": self.azar.choice((self.feo(), "Comité")), "tipo": self.azar.choice((self.feo(), "comite")),
                "persona": self.folio("maestro"), "puesto": self.azar.choice((self.feo(), "vocal")), "motivo": self.feo(),
                "desde": self.azar.choice((self.feo(), "01/01/2026")), "hasta": self.feo(), "numero": self.feo(),
                "fecha": self.azar.choice((self.feo(), "01/02/2026")), "dia": self.azar.choice((self.feo(), "01/02/2026")),
                "visto": self.feo(), "archivo": self.folio("archivo"), "huella": self.feo(), "cuales": "buenos",
                "correccion": self.feo(), "solo_buenos": "si", "personales_motivo": self.feo(), "plegado": self.feo(),
                "en_vez_de": self.folio("carga"), "libro": ("libro.xlsx", self.azar.randbytes(60)), "archivos": self.feo()}

    def _portal(self, persona: Persona, tabla: Tabla) -> Peticion:
        ruta = self.azar.choice(DEL_PORTAL).format(_en_ruta(self.azar.choice((self.folio("registro"), self.feo()))))
        return Peticion(self.azar.choice(("GET", "GET", "GET", "POST")), ruta, self._consulta(tabla))


def _en_ruta(texto: str) -> str:
    """Como parte de una ruta: corto, y sin lo que la partiría."""
    return texto[:400].replace("?", "").replace("#", "").replace("\r", "").replace("\n", "")
