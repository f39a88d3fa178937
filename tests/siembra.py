"""Los datos de las pruebas de navegador: el elenco, con registros en todos los estados. ``python -m tests.siembra CARPETA``.

Corre en su propio proceso, para no tocar la base en uso de pytest, y deja ``siembra.json`` con los folios de lo que hizo.
"""

import datetime as dt
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import receive
from models.base import db
from models.cargas import Carga
from models.domain.borradores import DeQue, save_borrador
from models.domain.catalogo_vigente import aplicar_catalogo, vigente
from models.domain.garantes import to_columna
from models.domain.lotes import Confirmacion, confirm_lote, freeze_lote, parametros_de, run_rebanada
from models.domain.mensajes.hilos import answer, find_entrada
from models.domain.observaciones.seguir import answer_observacion, find_observacion
from models.domain.organos.fichas import find_organo, save_organo
from models.domain.organos.integrantes import save_integrante
from models.domain.organos.publicacion import build_contenido, huella_de, publish_organo
from models.domain.organos.sesiones import save_sesion
from models.domain.permissions import Permiso, Rol
from models.domain.supresion.orden import Objetivo, Orden
from models.domain.workflow import guardar
from models.domain.workflow.supresion import suprimir
from models.esquema import create_fijas
from models.folios import a_folio, de_folio, nuevo_id
from models.hojas.cargas import read_resumen
from models.hojas.cargas.carpeta import carpeta as carpeta_de_datos
from models.hojas.revision.expediente import Expediente
from models.motores import abrir
from models.reloj import ahora
from models.tareas import Trabajo
from models.trabajos.cola import enqueue, finish
from models.usuarios import Usuario
from tests.bases import archivos_del_catalogo
from tests.cargador import Renglon, cargar
from tests.cargador import subir as subir_libro
from tests.elenco import Casa, contratar, presentar
from tests.escenario import escribir, observar
from tests.fabrica import pdf
from tests.libros import AREAS, libro

MONTON = 45
"""Licitaciones de relleno: con las de cada estado pasan de una página de la lista."""

SEIS = ("marco_normativo", "licitaciones", "remuneraciones", "directorio", "padrones", "presupuesto")
"""Los formatos que más se consultan: los que se fotografían y se revisan a fondo."""

LARGO = ("Rehabilitación integral de la red de agua potable y alcantarillado sanitario en las colonias San Jerónimo, "
         "Izcalli Cuauhtémoc y Las Marinas, con sustitución de tomas domiciliarias")


def sembrar(datos: Path) -> dict[str, str]:
    """Hace la base en ``datos`` y da el folio de cada cosa que las pruebas buscan por su nombre."""
    db.initialize(abrir(f"sqlite:///{datos / 'ipomex.db'}"))
    with db.connection_context():
        create_fijas()
        aplicar_catalogo(archivos_del_catalogo(), "pruebas")
        with db.atomic():
            contratar()
            Usuario.update(de_demostracion=True).execute()
            casa = _con_papeles(presentar(), AlmacenEnDisco(datos / "archivos"))
            _borradores(casa)
            seis = _seis(casa)
            _proteger(casa, seis["padrones"])
            hecho = {**_estados(casa), **seis, **_trabajos(casa), "capturista": a_folio(casa.beto.id),
                     "area": casa.metepec.obras, "organo": _organo(casa),
                     "libro": _libro(casa, AlmacenEnDisco(datos / "archivos")),
                     **_garantes(casa), "personales": _personales(casa),
                     "persona": casa.metepec.referencias.persona, **_mensajes(casa)}
        carpeta_de_datos.initialize(datos)
        return hecho | _cargas(casa)


def _con_papeles(casa: Casa, almacen: AlmacenEnDisco) -> Casa:
    """La misma casa, con un PDF de verdad: el portal lo va a descargar."""
    archivo = receive(casa.laura.actor, almacen, "contrato firmado.pdf", io.BytesIO(pdf("Contrato")), ("pdf",))
    metepec = replace(casa.metepec, referencias=replace(casa.metepec.referencias, pdf=a_folio(archivo.id)))
    return replace(casa, metepec=metepec)


def _organo(casa: Casa) -> str:
    """El cabildo publicado, con una integrante y una sesión con acta; después, con algo sin publicar."""
    laura, catalogo = casa.laura.actor, vigente.foto.catalogo
    organo = find_organo(laura, de_folio(casa.metepec.referencias.organo))
    save_organo(laura, catalogo, {"nombre": "Cabildo", "tipo": "cabildo", "sesiona": "Cada jueves"}, organo, organo.cambiado_en)
    organo = find_organo(laura, organo.id)
    save_integrante(laura, catalogo, organo, {
        "persona": casa.metepec.referencias.persona, "puesto": "presidente", "desde": "01/01/2025"})
    sesion = {"numero": "Primera", "tipo": "ordinaria", "fecha": "14/05/2026", "orden_dia": "Pase de lista\nAsuntos generales",
              "acta": casa.metepec.referencias.pdf}
    save_sesion(laura, catalogo, organo, sesion)
    publish_organo(laura, organo, catalogo, huella_de(build_contenido(organo, catalogo)))
    save_sesion(laura, catalogo, organo, sesion | {"numero": "Segunda", "acta": ""})
    return a_folio(organo.id)


def _libro(casa: Casa, almacen: AlmacenEnDisco) -> str:
    """Un organigrama en Excel, subido: con algo nuevo, algo que cambia y algo que no cabe."""
    contenido = libro(AREAS, ("Presidencia", "", "Presidenta", "Gobernar"), ("Sin superior", "Área que no está", "", ""),
                      ("Tesorería Municipal", "Presidencia", "Tesorera", ""))
    return a_folio(receive(casa.laura.actor, almacen, "organigrama.xlsx", io.BytesIO(contenido), ("xlsx",)).id)


def _cargas(casa: Casa) -> dict[str, str]:
    """Tres libros de Julieta: uno revisado con algo de todo, uno cargado al que le falta un archivo, y otro a medio leer."""
    de_libro = [casa.crudo(casa.julieta, denominacion_convenio=f"Convenio de libro {i}") for i in range(4)]
    sin_archivo = {nombre: valor for nombre, valor in de_libro[0].items() if nombre != "convenio"}
    cargada = cargar(casa.julieta, subir_libro(casa, casa.julieta, Renglon(sin_archivo, archivos={"convenio": "firmado.pdf"}),
                                               nombre="Convenios de julio.xlsx"))
    revisada = subir_libro(casa, casa.julieta, de_libro[1], de_libro[2], de_libro[3] | {"fecha_firma": "31/06/2026"},
                           Renglon(sin_archivo | {"objetivo": "Otro"}, archivos={"convenio": "por firmar.pdf"}),
                           nombre="Convenios de agosto.xlsx")
    with Expediente.open(carpeta_de_datos.ruta_de(revisada)) as expediente:
        expediente.add("problema", [(5, "Convenios", "I5", "fecha_firma", "Fecha de firma", "31/06/2026",
                                     "Escribió 31/06/2026; junio tiene 30 días.", "valor")])
        expediente.add("correccion", [(4, "Convenios", "G4", "tipo_convenio", "lista", "Con el sector  social",
                                       "De concertación con el sector social", 0)])
        expediente.add("hallazgo", [(3, "Convenios", "V3", "nota", "curp", "CURP: XEXX••••••••••••A4", "avisar")])
        expediente.add("columna", [("Convenios", 40, "AO", "Observaciones internas", None, None, "ajena")])
        expediente.set_acciones([(4, "por_corregir", None)])
    resumen = read_resumen(revisada) | {"nuevos": 2, "por_corregir": 1, "hallazgos": 1}
    Carga.update(resumen=json.dumps(resumen)).where(Carga.sujeto_id == casa.metepec.id, Carga.id == revisada.id).execute()
    en_curso = subir_libro(casa, casa.julieta, de_libro[1], nombre="Convenios de septiembre.xlsx")
    Carga.update(situacion="revisando").where(Carga.sujeto_id == casa.metepec.id, Carga.id == en_curso.id).execute()
    Trabajo.update(estado="en_curso", hecho=1200, total=4800, arriendo=ahora() + 86_400_000).where(
        Trabajo.sujeto_id == casa.metepec.id, Trabajo.id == en_curso.trabajo_id).execute()
    return {"carga_cargada": cargada.folio, "carga_revisada": revisada.folio, "carga_en_curso": en_curso.folio}


def _licitacion(casa: Casa, numero: str, descripcion: str, **campos: Any) -> int:
    return casa.capturar(casa.julieta, "licitaciones", numero_expediente=numero, descripcion=descripcion, **campos)


def _estados(casa: Casa) -> dict[str, str]:
    """Una licitación en cada estado en que la lista puede enseñarla."""
    for i in range(MONTON):
        _licitacion(casa, f"AD-{i + 1:03}-2026", f"Papelería y consumibles de oficina, pedido {i + 1}")
    pedidos: dict[str, dict[str, Any]] = {
        "capturado": {}, "incompleto": {"contrato": None, "fecha_contrato": None, "objeto_contrato": None},
        "devuelto": {}, "revisado": {}, "publicado": {"descripcion": LARGO}, "corregido": {}, "retirado": {},
        "borrado": {}, "con_baja": {}}
    hechos = {nombre: _licitacion(casa, f"LP-{i:03}-2026", **{"descripcion": f"Mantenimiento de patrullas, etapa {i}"}
                                  | campos) for i, (nombre, campos) in enumerate(pedidos.items(), start=1)}
    _mover(casa, hechos)
    return {f"licitaciones_{nombre}": a_folio(registro) for nombre, registro in hechos.items()}


def _mover(casa: Casa, hechos: dict[str, int]) -> None:
    def hacer(persona: Any, acto: str, *nombres: str, motivo: str = "") -> None:
        resultado = casa.hacer(persona, acto, *(hechos[n] for n in nombres), clave="licitaciones", motivo=motivo)
        assert len(resultado.hechos) == len(nombres), [fuera.razon for fuera in resultado.fuera]

    hacer(casa.ernesto, "revisar", "revisado")
    hacer(casa.ernesto, "devolver", "devuelto", motivo="El contrato no trae la firma del proveedor.")
    hacer(casa.laura, "publicar", "publicado", "corregido", "retirado")
    casa.editar(casa.julieta, hechos["corregido"], "licitaciones", monto_con_impuestos="1,999,999.99")
    hacer(casa.laura, "retirar", "retirado", motivo="Se publicó por duplicado.")
    hacer(casa.julieta, "borrar", "borrado")
    hacer(casa.julieta, "solicitar_baja", "con_baja", motivo="Ese procedimiento se canceló.")


def _mensajes(casa: Casa) -> dict[str, str]:
    """Una conversación entre la Unidad y quien captura, y otra del órgano garante."""
    escribir(casa.gabriela, "de:metepec")
    hilo = escribir(casa.laura, casa.julieta)
    answer(casa.julieta.actor, find_entrada(casa.julieta.actor, de_folio(hilo)), "Hoy mismo lo reviso.", nuevo_id())
    observacion = observar(casa, casa.laura, a_folio(casa.capturar(casa.julieta)))
    answer_observacion(casa.julieta.actor, find_observacion(casa.julieta.actor, de_folio(observacion)), "Listo.", nuevo_id())
    return {"hilo": hilo, "observacion": observacion, "abierta": observar(casa, casa.laura), "del_garante": observar(
        casa, casa.gabriela)}


def _seis(casa: Casa) -> dict[str, str]:
    """Un registro publicado de cada uno de los formatos más consultados, y otro sin revisar."""
    folios = {}
    for clave in SEIS:
        tabla, crudo = casa.tabla(clave), casa.crudo(casa.laura, clave)
        publicado = guardar(casa.laura.actor, tabla, crudo).id
        assert casa.hacer(casa.laura, "publicar", publicado, clave=clave).hechos, clave
        guardar(casa.julieta.actor, tabla, casa.crudo(casa.julieta, clave))
        folios[clave] = a_folio(publicado)
    return folios


def _proteger(casa: Casa, folio: str) -> None:
    """El padrón tiene dos versiones públicas, y la nota de la segunda se protegió por acta: el original está sellado."""
    tabla, registro = casa.tabla("padrones"), de_folio(folio)
    casa.editar(casa.laura, registro, "padrones", nota="Lo recibió en nombre de su hermana.", monto_apoyo="1,250.00")
    assert casa.hacer(casa.laura, "publicar", registro, clave="padrones").hechos
    orden = Orden((Objetivo("nota"),), "CT/12/2026", dt.date(2026, 1, 20), "La nota decía de quién es hermana.", False)
    suprimir(casa.laura.actor, tabla, registro, casa.fila(registro, "padrones").version, orden)


def _garantes(casa: Casa) -> dict[str, str]:
    """Gabriela puede también abrir lo sellado; y hay otra cuenta en el órgano garante."""
    Usuario.update(permisos=to_columna(Permiso)).where(Usuario.id == casa.gabriela.id).execute()
    otra = Usuario.create(usuario="garante2", nombre="Celia Rangel", rol=Rol.GARANTE, contrasena="", permisos="catalogo",
                          id=nuevo_id(), creado_en=ahora())
    return {"otra_del_garante": a_folio(otra.id)}


def _personales(casa: Casa) -> str:
    """Un informe con una CURP en la nota y sin que nadie diga por qué se publica."""
    return a_folio(casa.capturar(casa.julieta, "informes_anuales", nota="El titular, con CURP BOXW310820HNERXN09, lo rindió."))


def _borradores(casa: Casa) -> None:
    """Dos hojas de Beto a medias: una nueva, y cambios a un registro que ya cambió."""
    campos = [("denominacion_convenio", "Convenio con la Cruz Roja"), ("objetivo", "Capacitar brigadas")]
    registro = casa.capturar(casa.beto)
    for de_que in (DeQue("b" * 32), DeQue("c" * 32, a_folio(registro), 1)):
        save_borrador(casa.beto.actor, casa.tabla(), de_que, campos)
    casa.editar(casa.laura, registro, objetivo="El de la Unidad")


def _trabajos(casa: Casa) -> dict[str, str]:
    """Un trabajo largo en curso —arrendado por mucho tiempo, para que nadie lo termine— y otro terminado."""
    tabla = casa.tabla("licitaciones")
    filas = list(tabla.trabajo.select(tabla.trabajo.id, tabla.trabajo.version)
                 .where(tabla.trabajo.sujeto_id == casa.metepec.id, tabla.trabajo.estado == "publicado").tuples())
    folios = {}
    for nombre in ("en_curso", "terminado", "por_confirmar"):
        lote = freeze_lote(casa.laura.actor, tabla, "revisar" if nombre != "por_confirmar" else "devolver", filas)
        folios[f"lote_{nombre}"] = a_folio(lote.id)
        if nombre == "por_confirmar":
            continue
        confirm_lote(casa.laura.actor, lote, Confirmacion(""))
        trabajo = enqueue(casa.metepec.id, "lote", parametros_de(lote), casa.laura.id, 480)
        folios[f"avance_{nombre}"] = a_folio(trabajo.id)
        if nombre == "terminado":
            run_rebanada(casa.laura.actor, tabla, lote)
            finish(trabajo, "terminado", {})
            folios["acuse"] = a_folio(lote.id)
        else:
            Trabajo.update(estado="en_curso", hecho=120, arriendo=ahora() + 86_400_000).where(
                Trabajo.sujeto_id == trabajo.sujeto_id, Trabajo.id == trabajo.id).execute()
    return folios


if __name__ == "__main__":
    carpeta = Path(sys.argv[1])
    (carpeta / "siembra.json").write_text(json.dumps(sembrar(carpeta)))
