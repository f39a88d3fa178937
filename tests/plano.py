"""El plano: cómo se llega a cada ruta de las dos caras, en cada caso y como cada visitante.

Los casos son los de Metepec: ``propio`` lo capturó quien captura ahí (el lote y el trabajo son de su Unidad), ``ajeno`` es de
Toluca y ``ausente`` no existe. «Una capturista», «una administradora» (del artículo 15) y «la unidad» son cuentas de Metepec.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from admin_views.estatico import huella
from models.domain.ausencias import propose
from models.domain.borradores import DeQue, save_borrador
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import assign
from models.domain.lotes import Confirmacion, freeze_lote
from models.domain.organos.fichas import find_organo, save_organo
from models.domain.organos.publicacion import build_contenido, huella_de, publish_organo
from models.domain.organos.sesiones import save_sesion
from models.folios import a_folio, de_folio, nuevo_id
from models.reloj import ahora
from models.trabajos.encargo import confirm_and_do
from models.usuarios import Usuario
from tests.bases import RAIZ
from tests.cliente import Sitio, Visitante
from tests.elenco import CLAVE, Institucion, Persona
from tests.escenario import CAMPO_DE_ARCHIVO, ausente, escribir, observar, proponer_sin_cambios, publicar, sembrar, subir
from tests.plantillas import bytes_de, llenar, subir_de_verdad

MATRIZ = RAIZ / "docs" / "matriz_acceso.csv"
VISITANTES = ("anonimo", "garante", "unidad", "administrador", "capturista", "otro_capturista", "capturista_sin_formato",
              "otra_unidad")
ACTOS = {"borrar lo propio": "borrar", "revisar lo propio": "revisar", "publicar lo propio": "publicar",
         "acto que no existe": "aprobar"}

DIRECCIONES: Mapping[str, str] = {
    "oficina salud.salud": "/salud",
    "oficina estatico.archivo": "/ipo/estatico/{huella}/{hoja}",
    "oficina entrada.entrar": "/ipo",
    "oficina entrada.salir": "/ipo/salir",
    "oficina entrada.contrasena": "/ipo/contrasena",
    "oficina tablero.tablero": "/ipo/tablero",
    "oficina tablero.revision": "/ipo/revision",
    "oficina tablero.faltantes": "/ipo/faltantes",
    "oficina tablero.formatos": "/ipo/formatos",
    "oficina avance.avance": "/ipo/avance/{trabajo}",
    "oficina avance.estado": "/ipo/avance/{trabajo}/estado",
    "oficina avance.cancelar": "/ipo/avance/{trabajo}/cancelar",
    "oficina avance.deshacer": "/ipo/avance/{trabajo}/deshacer",
    "oficina acuses.lista": "/ipo/acuses",
    "oficina acuses.acuse": "/ipo/acuses/{acuse}",
    "oficina sesion.estado": "/ipo/sesion",
    "oficina sesion.seguir": "/ipo/sesion/seguir",
    "oficina borradores.lista": "/ipo/borradores",
    "oficina borradores.guardar": "/ipo/borradores/convenios/guardar",
    "oficina borradores.descartar": "/ipo/borradores/{borrador}/descartar",
    "oficina presencia.latir": "/ipo/presencia/convenios",
    "oficina usuarios.lista": "/ipo/usuarios",
    "oficina usuarios.nuevo": "/ipo/usuarios/nuevo",
    "oficina usuarios.ficha": "/ipo/usuarios/{cuenta}",
    "oficina usuarios.encargo": "/ipo/usuarios/{cuenta}/encargo",
    "oficina usuarios.acto": "/ipo/usuarios/{cuenta}/desbloquear",
    "oficina usuarios.relevo": "/ipo/usuarios/{cuenta}/relevo",
    "oficina sujetos.lista": "/ipo/sujetos",
    "oficina verificacion.formatos": "/ipo/sujetos/metepec/sin-publicar",
    "oficina verificacion.lista": "/ipo/sujetos/metepec/sin-publicar/{formato}",
    "oficina verificacion.registro": "/ipo/sujetos/metepec/sin-publicar/convenios/{registro}",
    "oficina verificacion.lecturas": "/ipo/lecturas",
    "oficina sellados.lista": "/ipo/sujetos/metepec/sellados",
    "oficina sellados.abrir": "/ipo/sujetos/metepec/sellados/{registro}",
    "oficina aplicabilidad.tabla": "/ipo/aplicabilidad",
    "oficina aplicabilidad.de_una": "/ipo/sujetos/{siglas}/aplicabilidad",
    "oficina aplicabilidad.prorrogas": "/ipo/prorrogas",
    "oficina aplicabilidad.revocar": "/ipo/prorrogas/{ausencia}/revocar",
    "oficina padron_excel.plantilla": "/ipo/sujetos/plantilla",
    "oficina padron_excel.importar": "/ipo/sujetos/importar",
    "oficina padron_excel.confirmar": "/ipo/sujetos/importar/confirmar",
    "oficina padron_excel.cartas": "/ipo/sujetos/cartas",
    "oficina sujetos.nuevo": "/ipo/sujetos/nuevo",
    "oficina sujetos.ficha": "/ipo/sujetos/{siglas}",
    "oficina sujetos.editar": "/ipo/sujetos/{siglas}/editar",
    "oficina sujetos.acto": "/ipo/sujetos/{siglas}/extinguir",
    "oficina sujetos.desbloquear": "/ipo/sujetos/metepec/desbloquear/{cuenta}",
    "oficina organigrama.arbol": "/ipo/organigrama",
    "oficina organigrama.mover": "/ipo/organigrama/mover",
    "oficina organigrama.quitar": "/ipo/organigrama/{area}/quitar",
    "oficina organigrama.reactivar": "/ipo/organigrama/{area}/reactivar",
    "oficina directorio.lista": "/ipo/directorio",
    "oficina directorio.baja": "/ipo/directorio/{persona}/baja",
    "oficina directorio.reactivar": "/ipo/directorio/{persona}/reactivar",
    "oficina importacion.plantilla": "/ipo/organigrama/plantilla",
    "oficina importacion.importar": "/ipo/organigrama/importar",
    "oficina importacion.confirmar": "/ipo/organigrama/importar/confirmar",
    "oficina organos.lista": "/ipo/organos",
    "oficina organos.nuevo": "/ipo/organos/nuevo",
    "oficina organos.ficha": "/ipo/organos/{organo}",
    "oficina organos.datos": "/ipo/organos/{organo}/datos",
    "oficina organos.baja": "/ipo/organos/{organo}/baja",
    "oficina organos.acto": "/ipo/organos/{organo}/restaurar",
    "oficina organos_partes.parte": "/ipo/organos/{organo}/sesiones/{sesion}",
    "oficina organos_partes.quitar": "/ipo/organos/{organo}/sesiones/{sesion}/quitar",
    "oficina organos_partes.acta": "/ipo/organos/{organo}/sesiones/{sesion}/acta",
    "oficina configuracion.configuracion": "/ipo/configuracion",
    "oficina configuracion.logo": "/ipo/configuracion/logo",
    "oficina recordatorios.recordar": "/ipo/faltantes/recordar",
    "oficina observaciones.lista": "/ipo/observaciones",
    "oficina observaciones.nueva": "/ipo/observaciones/nueva?{observable}",
    "oficina observaciones.ficha": "/ipo/observaciones/{observacion}",
    "oficina observaciones.seguir": "/ipo/observaciones/{observacion}/responder",
    "oficina mensajes.bandeja": "/ipo/mensajes",
    "oficina mensajes.nuevo": "/ipo/mensajes/nuevo",
    "oficina mensajes.leer": "/ipo/mensajes/{hilo}",
    "oficina mensajes.responder": "/ipo/mensajes/{hilo}/responder",
    "oficina mensajes.sin_leer": "/ipo/mensajes/{hilo}/sin-leer",
    "oficina mensajes.leer_todo": "/ipo/mensajes/leer-todo",
    "oficina mensajes.preferencias": "/ipo/mensajes/preferencias",
    "oficina copia.copiar": "/ipo/copia/{formato}",
    "oficina ausencias.lista": "/ipo/ausencias",
    "oficina ausencias.proponer": "/ipo/ausencias/{formato}/proponer",
    "oficina ausencias.decidir": "/ipo/ausencias/{ausencia}/aprobar",
    "oficina ayuda.entrar": "/ipo/ayuda/entrar",
    "oficina ayuda.manual": "/ipo/ayuda/",
    "oficina ayuda.tema": "/ipo/ayuda/lista",
    "oficina ayuda.captura": "/ipo/ayuda/capturas/nada.webp",
    "oficina primeros_pasos.pagina": "/ipo/primeros-pasos",
    "oficina sin_cambios.lista": "/ipo/sin-cambios",
    "oficina sin_cambios.decidir": "/ipo/sin-cambios/{confirmacion}/aprobar",
    "oficina formato.index_view": "/ipo/f/{formato}/",
    "oficina formato.exportar": "/ipo/f/{formato}/exportar",
    "oficina formato.exportar_en": "/ipo/f/{formato}/exportar/csv",
    "oficina formato.create_view": "/ipo/f/{formato}/nuevo",
    "oficina formato.edit_view": "/ipo/f/convenios/editar?id={registro}",
    "oficina formato.details_view": "/ipo/f/convenios/detalle?id={registro}",
    "oficina formato.historial": "/ipo/f/convenios/historial?id={registro}",
    "oficina formato.version": "/ipo/f/convenios/version?id={registro}&n=1",
    "oficina formato.archivo": "/ipo/f/convenios/archivo/{archivo}",
    "oficina formato.revision": "/ipo/f/convenios/revisar?id={registro}",
    "oficina formato.acciones": "/ipo/f/convenios/acciones",
    "oficina formato.deshacer": "/ipo/f/convenios/deshacer",
    "oficina formato.justificar": "/ipo/f/convenios/justificar",
    "oficina formato.suprimir": "/ipo/f/convenios/suprimir?id={registro}",
    "oficina formato.confirmar": "/ipo/f/convenios/confirmar/{lote}",
    "oficina formato.traer": "/ipo/f/{formato}/traer",
    "oficina formato.sipot": "/ipo/f/{formato}/sipot",
    "oficina formato.plantilla": "/ipo/f/{formato}/plantilla",
    "oficina formato.cargar": "/ipo/f/{formato}/cargar",
    "oficina formato.carga": "/ipo/f/convenios/cargas/{carga}",
    "oficina formato.carga_estado": "/ipo/f/convenios/cargas/{carga}/estado",
    "oficina formato.carga_errores": "/ipo/f/convenios/cargas/{carga}/errores",
    "oficina formato.carga_acto": "/ipo/f/convenios/cargas/{carga}/cancelar",
    "oficina cargas.lista": "/ipo/cargas",
    "oficina archivos_pendientes.lista": "/ipo/archivos-pendientes",
    "oficina archivos_pendientes.de_formato": "/ipo/archivos-pendientes/{formato}",
    "oficina casa.index": "/ipo/admin/",
    "oficina casa.static": "/ipo/admin/static/admin/css/bootstrap4/admin.css",
    "portal inicio.portada": "/",
    "portal instituciones.lista": "/instituciones",
    "portal instituciones.en_csv": "/instituciones.csv",
    "portal instituciones.en_json": "/instituciones.json",
    "portal institucion.pagina": "/{siglas}/",
    "portal institucion.en_csv": "/{siglas}.csv",
    "portal institucion.en_json": "/{siglas}.json",
    "portal logo.imagen": "/{siglas}/logo.png",
    "portal organos.lista": "/{siglas}/organos/",
    "portal organos.en_json": "/{siglas}/organos.json",
    "portal organos.pagina": "/metepec/organos/{organo}",
    "portal formato.reciente": "/metepec/{formato}/",
    "portal formato.del_ejercicio": "/metepec/{formato}/2026/",
    "portal registro.pagina": "/metepec/convenios/r/{registro}",
    "portal registro.en_json": "/metepec/convenios/r/{registro}.json",
    "portal registro.en_archivo": "/metepec/convenios/r/{registro}.csv",
    "portal cambios.del_estado": "/cambios",
    "portal cambios.del_estado_en_atom": "/cambios.atom",
    "portal cambios.de_institucion": "/{siglas}/cambios",
    "portal cambios.de_institucion_en_atom": "/{siglas}/cambios.atom",
    "portal cambios.de_formato": "/metepec/{formato}/cambios",
    "portal cambios.de_formato_en_atom": "/metepec/{formato}/cambios.atom",
    "portal versiones.lista": "/metepec/convenios/r/{registro}/versiones",
    "portal versiones.una": "/metepec/convenios/r/{registro}/v/1",
    "portal descargas.reciente": "/metepec/{formato}.csv",
    "portal descargas.del_ejercicio": "/metepec/{formato}/2026.csv",
    "portal descargas.tabla_reciente": "/metepec/{formato}.tabla_contrapartes.csv",
    "portal descargas.tabla_del_ejercicio": "/metepec/{formato}/2026.tabla_contrapartes.csv",
    "portal informacion.todo": "/informacion/{formato}/",
    "portal informacion.del_ejercicio": "/informacion/{formato}/2026/",
    "portal informacion.descarga": "/informacion/{formato}.csv",
    "portal informacion.descarga_del_ejercicio": "/informacion/{formato}/2026.csv",
    "portal fundidos.todo": "/datos/{formato}.csv",
    "portal fundidos.del_ejercicio": "/datos/{formato}/2026.csv",
    "portal fundidos.tabla": "/datos/{formato}.tabla_contrapartes.csv",
    "portal fundidos.tabla_del_ejercicio": "/datos/{formato}/2026.tabla_contrapartes.csv",
    "portal volcado.paquete": "/datos/volcado.zip",
    "portal volcado.huella": "/datos/volcado.zip.sha256",
    "portal volcado.descriptor": "/datos/datapackage.json",
    "portal archivo.descargar": "/metepec/archivo/{archivo}/contrato.pdf",
    "portal buscador.resultados": "/buscar?q=convenio",
    "portal sugerencias.lista": "/buscar/sugerencias?q=convenio",
    "portal buscador.en_json": "/buscar.json?q=convenio",
    "portal acerca.pagina": "/acerca",
    "portal acerca.denuncia": "/denuncia",
    "portal acerca.accesibilidad": "/accesibilidad",
    "portal rastreadores.robots": "/robots.txt",
    "portal rastreadores.direccion_vieja": "/ipo/portal/{siglas}.web",
    "portal rastreadores.icono": "/favicon.ico",
    "portal abiertos.pagina": "/datos",
    "portal diccionario.pagina": "/diccionario/{formato}",
    "portal diccionario.en_csv": "/diccionario/{formato}.csv",
    "portal esquemas.de_registro": "/esquemas/{formato}.json",
    "portal esquemas.de_csv": "/esquemas/{formato}.tabla.json",
    "portal esquemas.de_tabla": "/esquemas/{formato}.tabla_contrapartes.tabla.json",
    "portal catalogo.data_json": "/data.json",
    "portal catalogo.dcat": "/datos/catalogo.jsonld",
    "portal catalogo.data_json_de_una": "/{siglas}/data.json",
    "portal catalogo.dcat_de_una": "/{siglas}/catalogo.jsonld",
    "portal csvw.de_institucion": "/metepec/{formato}.csv-metadata.json",
    "portal csvw.de_todas": "/datos/{formato}/2026.csv-metadata.json",
    "portal sitemap.indice": "/sitemap.xml",
    "portal sitemap.parte": "/sitemap/1.xml",
    "portal api_documento.pagina": "/api/",
    "portal api_documento.openapi": "/api/openapi.json",
    "portal api_instituciones.lista": "/api/v1/instituciones",
    "portal api_instituciones.una": "/api/v1/instituciones/{siglas}",
    "portal api_formatos.lista": "/api/v1/formatos",
    "portal api_formatos.uno": "/api/v1/formatos/{formato}",
    "portal api_registros.lista": "/api/v1/registros/{formato}",
    "portal api_cambios.lista": "/api/v1/cambios",
    "portal api_registros.versiones": "/api/v1/registros/convenios/metepec/{registro}/versiones",
    "portal api_registros.uno": "/api/v1/registros/convenios/metepec/{registro}",
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
    """Los renglones de la matriz de acceso."""
    with archivo.open(encoding="utf-8", newline="") as texto:
        return [Renglon(fila["cara"], fila["endpoint"], tuple(fila["metodos"].split()), fila["caso"],
                        {visitante: fila[visitante] for visitante in VISITANTES}) for fila in csv.DictReader(texto)]


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
        self.lugares = self._de_la_oficina() | self._del_portal()

    def direccion(self, ruta: str, caso: str) -> str:
        """La dirección de «cara endpoint» en un caso."""
        return DIRECCIONES[ruta].format_map(self.lugares.get((ruta.partition(" ")[0], caso), {}))

    def visitante(self, nombre: str) -> Visitante:
        return self.anonimo if nombre == "anonimo" else self.sitio.de(self.gente[nombre])

    def probar(self, renglon: Renglon, nombre: str, metodo: str) -> str:
        """El código que recibe; ``entrada`` si lo mandan a entrar."""
        ruta, visitante = self.direccion(renglon.ruta, renglon.caso), self.visitante(nombre)
        es_post = metodo == "POST"
        recibida = visitante.post(ruta, self._datos(renglon, nombre)) if es_post else visitante.pedir(metodo, ruta)
        if renglon.endpoint == "entrada.salir" and nombre != "anonimo":
            self.sitio.de(self.gente[nombre], otra_vez=True)
        a_entrar = recibida.codigo == 302 and urlsplit(recibida.lleva_a).path == "/ipo" and nombre == "anonimo"
        return "entrada" if a_entrar else str(recibida.codigo)

    def _datos(self, renglon: Renglon, nombre: str) -> dict[str, str]:
        if renglon.caso in ACTOS:
            return {"acto": ACTOS[renglon.caso], "sel": f"{self.lugares['oficina', 'propio']['registro']}:1"}
        if renglon.endpoint == "entrada.entrar":
            return {"usuario": f"de-{nombre}", "contrasena": "tan larga que ni se compara" * 10}
        if renglon.endpoint == "formato.edit_view" and renglon.caso != "ausente":
            cosas = self.lugares["oficina", renglon.caso]
            return {"version": str(self.sitio.casa.fila(de_folio(cosas["registro"])).version),
                    CAMPO_DE_ARCHIVO: cosas["archivo"]}
        if renglon.endpoint in ("formato.deshacer", "formato.justificar", "presencia.latir", "borradores.guardar"):
            return {"id": self.lugares["oficina", renglon.caso]["registro"], "envio": f"{nombre:x<32}"[:32].replace("_", "x")}
        if renglon.endpoint == "organigrama.mover":
            return {"mover": f"subir:{self.lugares['oficina', renglon.caso]['area']}"}
        return {"actual": "equivocada", "nueva": "una cosa", "repetida": "otra"}

    def _de_la_oficina(self) -> dict[tuple[str, str], dict[str, str]]:
        """(cara, caso) → lo que va en los huecos de una dirección."""
        casa = self.sitio.casa
        propio, ajeno = sembrar(self.sitio, casa.julieta, casa.laura), sembrar(self.sitio, casa.ines, casa.ramiro)
        nada = {"registro": ausente(), "archivo": ausente(), "lote": ausente(), "trabajo": ausente(),
                "cuenta": ausente(), "borrador": ausente(), "area": ausente(), "ausencia": ausente(), "acuse": ausente(),
                "confirmacion": ausente(), "persona": ausente(), "organo": ausente(), "sesion": ausente(),
                "hilo": ausente(), "observacion": ausente(), "carga": ausente(),
                "formato": "nada", "siglas": "nadie", "huella": "0", "hoja": "nada.css"}
        hoja = {"huella": huella("oficina.css"), "hoja": "oficina.css", "formato": CLAVE}
        return {("oficina", "propio"): vars(propio) | hoja, ("oficina", "ajeno"): vars(ajeno),
                ("oficina", "un registro público"): {"registro": a_folio(publicar(self.sitio, casa.julieta, casa.laura))},
                ("oficina", "un registro público ajeno"): {"registro": a_folio(publicar(self.sitio, casa.ines, casa.ramiro))},
                ("oficina", "una propuesta"): {"ausencia": self._propuesta(casa.julieta)},
                ("oficina", "una propuesta ajena"): {"ausencia": self._propuesta(casa.ines)},
                ("oficina", "un acuse"): {"acuse": self._acuse(casa.ernesto)},
                ("oficina", "un acuse ajeno"): {"acuse": self._acuse(casa.sofia)},
                ("oficina", "una confirmación"): {"confirmacion": self._confirmacion(casa.julieta, casa.laura)},
                ("oficina", "una confirmación ajena"): {"confirmacion": self._confirmacion(casa.ines, casa.ramiro)},
                ("oficina", "una observación"): {"observacion": observar(self.sitio.casa, casa.laura, propio.registro)},
                ("oficina", "una observación ajena"): {"observacion": observar(self.sitio.casa, casa.ramiro, ajeno.registro)},
                ("oficina", "una observación del garante"): {"observacion": observar(self.sitio.casa, casa.gabriela)},
                ("oficina", "sobre un registro"): {"observable": f"formato={CLAVE}&registro={propio.registro}"},
                ("oficina", ""): {"observable": ""},
                ("oficina", "un mensaje"): {"hilo": escribir(casa.laura, casa.julieta)},
                ("oficina", "un mensaje ajeno"): {"hilo": escribir(casa.ramiro, casa.ines)},
                ("oficina", "una carga"): {"carga": self._carga(casa.julieta)},
                ("oficina", "una carga ajena"): {"carga": self._carga(casa.ines)},
                ("oficina", "un borrador"): {"borrador": self._borrador(casa.julieta)},
                ("oficina", "un borrador ajeno"): {"borrador": self._borrador(casa.ines)},
                ("oficina", "un área"): {"area": casa.metepec.obras},
                ("oficina", "un área ajena"): {"area": casa.toluca.obras},
                ("oficina", "una persona"): {"persona": casa.metepec.referencias.persona},
                ("oficina", "una persona ajena"): {"persona": casa.toluca.referencias.persona},
                ("oficina", "un órgano"): {"organo": casa.metepec.referencias.organo, "sesion": "nuevo"},
                ("oficina", "un órgano ajeno"): {"organo": casa.toluca.referencias.organo, "sesion": "nuevo"},
                ("oficina", "una sesión con acta"): self._sesion(casa.laura, casa.metepec),
                ("oficina", "una sesión de otro órgano"): {
                    "organo": casa.metepec.referencias.organo, "sesion": self._sesion(casa.ramiro, casa.toluca)["sesion"]},
                ("oficina", "una capturista"): {"cuenta": a_folio(casa.beto.id)},
                ("oficina", "una administradora"): {"cuenta": a_folio(casa.nadia.id)},
                ("oficina", "la unidad"): {"cuenta": a_folio(casa.laura.id)},
                ("oficina", "la garante"): {"cuenta": a_folio(casa.gabriela.id)},
                ("oficina", "una capturista ajena"): {"cuenta": a_folio(casa.ines.id)},
                ("oficina", "ausente"): nada, ("portal", "ausente"): nada,
                ("oficina", "formato que no aplica"): {"formato": "votaciones"},
                ("oficina", "metepec"): {"siglas": "metepec"},
                ("oficina", "organigrama"): {"formato": "organigrama"},
                ("oficina", "formato sin maestro"): {"formato": CLAVE}}

    def _acuse(self, persona: Persona) -> str:
        """Marcó un registro como revisado: lo leen quien lo hizo y su Unidad."""
        casa = self.sitio.casa
        lote = freeze_lote(persona.actor, casa.tabla(), "revisar", [(casa.capturar(persona), 1)])
        confirm_and_do(persona.actor, casa.tabla(), lote, Confirmacion())
        return a_folio(lote.id)

    def _carga(self, persona: Persona) -> str:
        """Un libro con un convenio malo, ya revisado."""
        casa = self.sitio.casa
        malo = {"denominacion_convenio": "Convenio de libro", "fecha_firma": "31/06/2026"}
        return subir_de_verdad(casa, persona, llenar(bytes_de(casa, persona=persona), malo)).folio

    def _borrador(self, persona: Persona) -> str:
        """Un convenio nuevo a medio teclear."""
        borrador = save_borrador(persona.actor, self.sitio.casa.tabla(), DeQue("p" * 32), [("objetivo", "Plantar encinos")])
        assert borrador is not None
        return a_folio(borrador.id)

    def _propuesta(self, persona: Persona) -> str:
        """Que «padrones» no aplica."""
        tabla = self.sitio.casa.tabla("padrones")
        return a_folio(propose(persona.actor, tabla, "no_aplica", "No tenemos programas sociales a cargo.").id)

    def _confirmacion(self, captura: Persona, unidad: Persona) -> str:
        """Que el marco normativo sigue sin cambios."""
        return a_folio(proponer_sin_cambios(self.sitio.casa, captura, unidad, "marco_normativo"))

    def _sesion(self, persona: Persona, institucion: Institucion) -> dict[str, str]:
        """Una sesión del cabildo, con su acta en el almacén."""
        organo, acta = institucion.referencias.organo, subir(self.sitio, persona)
        sesion = save_sesion(persona.actor, vigente.foto.catalogo, find_organo(persona.actor, de_folio(organo)), {
            "numero": "Primera", "tipo": "ordinaria", "fecha": "14/05/2026", "acta": acta})
        return {"organo": organo, "sesion": a_folio(sesion)}

    def _organo_publico(self) -> str:
        casa = self.sitio.casa
        laura, catalogo = casa.laura.actor, vigente.foto.catalogo
        organo = find_organo(laura, save_organo(laura, catalogo, {"nombre": "Comité de Compras", "tipo": "comite"}))
        publish_organo(laura, organo, catalogo, huella_de(build_contenido(organo, catalogo)))
        return a_folio(organo.id)

    def _del_portal(self) -> dict[tuple[str, str], dict[str, str]]:
        casa = self.sitio.casa
        de_oficina = sembrar(self.sitio, casa.julieta, casa.laura)
        archivo, retirado = subir(self.sitio, casa.julieta), subir(self.sitio, casa.julieta)
        publico = publicar(self.sitio, casa.julieta, casa.laura, **{CAMPO_DE_ARCHIVO: archivo})
        ya_no = publicar(self.sitio, casa.julieta, casa.laura, **{CAMPO_DE_ARCHIVO: retirado})
        casa.hacer(casa.laura, "retirar", ya_no, motivo="Se publicó por error.")
        comunes = {"siglas": "metepec", "formato": CLAVE}
        return {("portal", "publicado"): {**comunes, "registro": a_folio(publico), "archivo": archivo,
                                         "organo": self._organo_publico()},
                ("portal", "sin publicar"): {**comunes, "registro": de_oficina.registro, "archivo": de_oficina.archivo,
                                            "organo": casa.metepec.referencias.organo},
                ("portal", "retirado"): {**comunes, "registro": a_folio(ya_no), "archivo": retirado},
                ("portal", "propio"): {"hoja": "portal.css"}}


def sin_formato(como: Persona) -> Persona:
    """Otra capturista de la misma institución, que solo lleva el artículo 15."""
    cuenta = Usuario.create(id=nuevo_id(), usuario="capt3.metepec", nombre="Mariana Olvera", rol="capturista",
                            sujeto_id=como.usuario.sujeto_id, contrasena=como.usuario.contrasena, debe_cambiar=False,
                            creado_en=ahora())
    assign(cuenta, "articulo", ["15"])
    return Persona(cuenta)
