"""Suprimir un dato: quién, con qué orden, qué queda dicho, y qué pasa con sus archivos, sus libros y sus bytes. En SQLite."""

import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.actos import Acto, PubVersion
from models.adjuntos import Archivo, PubArchivo, RegistroArchivo
from models.archivos.subida import receive
from models.cargas import CargaPrevia
from models.domain.acuses import has_protegidos_despues, verify_acuse
from models.domain.catalogo_vigente import vigente
from models.domain.errores import NoExiste, NoPermitido, ReglaRota
from models.domain.lotes import Confirmacion, freeze_lote
from models.domain.protegidos import Protegido
from models.domain.supresion.archivos import others_with
from models.domain.supresion.disco import clean_disk
from models.domain.supresion.orden import OrdenInvalida, read_orden, suppressible
from models.domain.validation import de_canonico
from models.domain.versiones import find_publica, find_version
from models.domain.workflow.deshacer import undo
from models.domain.workflow.restauracion import restore_version
from models.folios import a_folio
from models.hojas.cargas import confirm_carga, undo_carga
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.limpieza import purge_cargas
from models.mensajes import DEL_GARANTE, Entrada
from models.reloj import hoy
from models.sellado import PorBorrar, Sellado
from models.trabajos.encargo import confirm_and_do
from models.verificacion.verificacion import verify
from tests.bases import Base
from tests.cargador import Renglon, cargar, causas, cuentas, releer, subir
from tests.elenco import CLAVE, Casa
from tests.fabrica import pdf
from tests.plantillas import bytes_de, hacer_trabajo, llenar, renglones, subir_de_verdad
from tests.test_suprimir import CAMPO, DATO, MOTIVO, hacer, orden, publicado_tres_veces, rincones


@pytest.fixture
def motor() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


@pytest.mark.parametrize(("quien", "error"), [
    ("ernesto", NoPermitido), ("julieta", NoPermitido), ("gabriela", NoPermitido), ("ramiro", NoExiste)])
def test_solo_la_unidad_de_esa_institucion(quien: str, error: type[Exception], casa: Casa) -> None:
    registro = publicado_tres_veces(casa)
    antes = rincones(casa)
    with pytest.raises(error):
        hacer(casa, registro, getattr(casa, quien))
    assert rincones(casa) == antes


def test_la_orden_pide_todo_y_solo_lo_que_se_puede_suprimir(casa: Casa) -> None:
    formato = casa.tabla().formato
    llaves = {objetivo.llave for objetivo in suppressible(formato)}
    assert {"nota", "contrapartes", "contrapartes.nombre"} <= llaves
    assert not llaves & {"ejercicio", "periodo", "area_responsable"}
    with pytest.raises(OrdenInvalida) as nada:
        read_orden(formato, {}, ["ejercicio", "estado"], hoy())
    assert set(nada.value.problemas) == {"objetivo", "acta", "motivo", "acta_fecha", "destino"}
    bien = {"acta": "CT/12/2026", "motivo": MOTIVO, "acta_fecha": "20/01/2026", "destino": "borrar"}
    leida = read_orden(formato, bien, ["contrapartes.nombre", "contrapartes", "nota"], hoy())
    assert leida == orden("contrapartes", "nota", borrar=True), "la columna sobra si va la tabla"
    for mal in ("01/01/2999", "31/02/2026", "ayer"):
        with pytest.raises(OrdenInvalida):
            read_orden(formato, bien | {"acta_fecha": mal}, ["nota"], hoy())


def test_sellado_queda_aparte_una_vez_cada_original_y_borrado_no_queda(casa: Casa) -> None:
    registro = publicado_tres_veces(casa)
    hacer(casa, registro)
    assert [(s.campo, s.version, json.loads(s.original)) for s in Sellado.select().order_by(Sellado.id)] == [
        (CAMPO, 1, f"Clave {DATO}"), (CAMPO, 2, f"La clave es {DATO}."), (CAMPO, None, "Otra nota cualquiera.")]
    assert not PorBorrar.select().where(PorBorrar.clase == "base").exists()
    otro = publicado_tres_veces(casa)
    hacer(casa, otro, borrar=True)
    assert not Sellado.select().where(Sellado.registro_id == otro).exists()


def test_queda_dicho_sin_el_dato_y_se_avisa_al_garante_y_a_quien_lo_lleva(casa: Casa) -> None:
    registro = publicado_tres_veces(casa)
    hacer(casa, registro, borrar=True)
    acto = Acto.select().where(Acto.registro_id == registro).order_by(Acto.id.desc()).first()
    assert (acto.acto, acto.usuario_id, acto.estado_antes, acto.estado) == ("suprimir", casa.laura.id, "capturado", "capturado")
    assert "CT/12/2026 del 20/01/2026" in acto.motivo and "se borró" in acto.motivo
    avisos = {(e.sujeto_id, e.usuario_id): e for e in Entrada.select().where(Entrada.acto == "suprimir")}
    assert set(avisos) == {(DEL_GARANTE, casa.gabriela.id), (casa.metepec.id, casa.julieta.id)}
    assert a_folio(registro) in avisos[DEL_GARANTE, casa.gabriela.id].texto


def test_ninguna_version_lo_trae_de_vuelta_ni_la_edicion_lo_pierde(casa: Casa) -> None:
    registro = publicado_tres_veces(casa)
    hacer(casa, registro, borrar=True)
    for version in (find_version(casa.fila(registro), 1), find_publica(CLAVE, casa.fila(registro), 1)):
        fila = casa.fila(registro)
        restore_version(casa.laura.actor, casa.tabla(), fila, version, fila.version)
        assert isinstance(de_canonico(casa.fila(registro).contenido)[1][CAMPO], Protegido)
    casa.editar(casa.julieta, registro, nota="", objetivo="Se edita lo demás.")
    assert isinstance(de_canonico(casa.fila(registro).contenido)[1][CAMPO], Protegido), "dejarlo en blanco no lo quita"
    casa.editar(casa.julieta, registro, nota="Una nota nueva.")
    datos, vacios = de_canonico(casa.fila(registro).contenido)
    assert datos[CAMPO] == "Una nota nueva." and CAMPO not in vacios, "un dato nuevo es otro dato"
    casa.hacer(casa.laura, "publicar", registro)
    viejas = PubVersion.select().where(PubVersion.registro_id == registro, PubVersion.numero < 3)
    assert all(isinstance(de_canonico(v.contenido)[1][CAMPO], Protegido) for v in viejas) and DATO not in rincones(casa)


def test_deshacer_no_lo_trae(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota="Limpia")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.laura, registro, nota=DATO)
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.laura, registro, nota=DATO + " otra vez")
    casa.hacer(casa.laura, "descartar", registro)
    hacer(casa, registro, borrar=True)
    assert undo(casa.laura.actor, casa.tabla(), [registro]).fuera and DATO not in rincones(casa)


def test_el_acuse_dice_que_se_protegio_y_no_que_no_coincide(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota=DATO)
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [(registro, 1)])
    confirm_and_do(casa.laura.actor, casa.tabla(), lote, Confirmacion())
    lote = type(lote).get()
    assert verify_acuse(lote) is True and not has_protegidos_despues(lote)
    hacer(casa, registro, borrar=True)
    assert verify_acuse(lote) is False and has_protegidos_despues(lote)


def octetos(*lugares: Path) -> bytes:
    return b"".join(ruta.read_bytes() for lugar in lugares for ruta in sorted(lugar.rglob("*")) if ruta.is_file())


def test_borrado_sus_bytes_ya_no_estan_en_el_disco(casa: Casa, base: Base, tmp_path: Path) -> None:
    base_en_disco = Path(base.url.removeprefix("sqlite:///"))
    suyas = [base_en_disco.parent / f"{base_en_disco.name}{cola}" for cola in ("", "-wal", "-shm")]
    marca = DATO.encode()
    archivo = receive(casa.laura.actor, carpeta.almacen, "identificacion.pdf", BytesIO(pdf(DATO)), ("pdf",))
    registro = casa.capturar(casa.laura, nota=DATO, convenio=a_folio(archivo.id))
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.laura, registro, nota=DATO + " y algo más largo", convenio=a_folio(archivo.id))
    casa.hacer(casa.laura, "publicar", registro)
    ruta = carpeta.almacen.ruta(archivo.sha256)
    assert ruta.is_file() and any(marca in una.read_bytes() for una in suyas if una.exists())
    hacer(casa, registro, llaves=["nota", "convenio"], borrar=True)
    assert clean_disk(casa.metepec.id) == 0 and not PorBorrar.select().exists()
    palabra = DATO.split()[0].lower().encode()
    for una in suyas:
        leido = una.read_bytes() if una.exists() else b""
        assert marca not in leido and palabra not in leido.lower(), una.name
    assert not ruta.exists() and marca not in octetos(carpeta.almacen.carpeta, carpeta.expedientes)
    assert not Archivo.select().where(Archivo.id == archivo.id).exists()
    assert not any(m.select().where(m.archivo_id == archivo.id).exists() for m in (PubArchivo, RegistroArchivo))


def test_el_archivo_que_otro_usa_se_queda_y_el_sellado_tambien(casa: Casa) -> None:
    def subido(nombre: str) -> Archivo:
        return receive(casa.laura.actor, carpeta.almacen, nombre, BytesIO(pdf(nombre)), ("pdf",))
    comun, propio = subido("comun.pdf"), subido("propio.pdf")
    registro = casa.capturar(casa.laura, convenio=a_folio(comun.id))
    otro = casa.capturar(casa.laura, convenio=a_folio(comun.id))
    casa.hacer(casa.laura, "publicar", registro, otro)
    assert others_with(casa.metepec.id, registro, comun.id) == [otro]
    hacer(casa, registro, llaves=["convenio"], borrar=True)
    clean_disk()
    assert carpeta.almacen.existe(comun.sha256) and PubArchivo.get(PubArchivo.archivo_id == comun.id).registro_id == otro
    sellado = casa.capturar(casa.laura, convenio=a_folio(propio.id))
    casa.hacer(casa.laura, "publicar", sellado)
    hacer(casa, sellado, llaves=["convenio"])
    clean_disk()
    os.utime(carpeta.almacen.ruta(propio.sha256), (0, 0))
    purge_cargas()
    assert carpeta.almacen.existe(propio.sha256) and not Archivo.select().where(Archivo.id == propio.id).exists()
    assert Sellado.get(Sellado.registro_id == sellado).sha256 == propio.sha256


def test_de_una_carga_se_van_el_libro_el_expediente_y_lo_que_guardo_para_deshacerse(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota=DATO)
    casa.hacer(casa.laura, "publicar", registro)
    fila = casa.fila(registro)
    carga = cargar(casa.julieta, subir(casa, casa.julieta, Renglon(casa.crudo(casa.julieta, nota=f"Otra {DATO}"), registro,
                                                                  fila.version)))
    libro = carpeta.almacen.ruta(carga.sha256)
    assert libro.is_file() and carpeta.ruta_de(carga).is_file() and DATO in CargaPrevia.get().fila
    hacer(casa, registro, borrar=True)
    clean_disk()
    assert not libro.exists() and not carpeta.ruta_de(carga).exists() and releer(carga).sha256 == ""
    previa = json.loads(CargaPrevia.get().fila)
    assert previa["nota"] is None and isinstance(de_canonico(previa["contenido"])[1][CAMPO], Protegido)
    assert DATO not in rincones(casa) and not [
        hallazgo for _, hallados in verify(vigente.foto, carpeta.almacen) for hallazgo in hallados
        if "contrato." not in hallazgo.texto], "los del elenco no tienen bytes; todo lo demás cuadra"
    with pytest.raises(ReglaRota):
        undo_carga(casa.julieta.actor, releer(carga))


def test_la_plantilla_con_lo_que_hay_dice_dato_protegido_y_al_volver_no_cambia_nada(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota=DATO, contrapartes=[{"nombre": DATO, "primer_apellido": "Rosas"}])
    casa.hacer(casa.laura, "publicar", registro)
    hacer(casa, registro, llaves=["nota", "contrapartes.nombre"], borrar=True)
    libro = bytes_de(casa, persona=casa.julieta, con_datos=True)
    [renglon] = [fila for fila in renglones(load_workbook(BytesIO(libro)).worksheets[0]) if fila["folio"] == a_folio(registro)]
    assert renglon["nota"] == "Dato protegido" and "CT/12/2026" in renglon["nota__motivo"]
    antes = casa.fila(registro)
    carga = subir_de_verdad(casa, casa.julieta, libro)
    assert cuentas(carga) == {"iguales": 1}, causas(carga)
    columnas = {celda.value: celda.column for celda in load_workbook(BytesIO(libro)).worksheets[0][1]}
    cambiado = load_workbook(BytesIO(libro))
    for fila in cambiado.worksheets[0].iter_rows(min_row=3):
        if fila[0].value == a_folio(registro):
            fila[columnas["objetivo"] - 1].value = "Otro objetivo"
    salida = BytesIO()
    cambiado.save(salida)
    carga = subir_de_verdad(casa, casa.julieta, salida.getvalue())
    assert cuentas(carga) == {"cambian": 1}, causas(carga)
    confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
    hacer_trabajo(carga)
    datos, vacios = de_canonico(casa.fila(registro).contenido)
    assert datos["objetivo"] == "Otro objetivo" and casa.fila(registro).version == antes.version + 1
    assert isinstance(vacios["nota"], Protegido) and vacios["contrapartes"].columnas == {"nombre"}


def test_dato_protegido_no_se_puede_escribir_donde_no_lo_hay(casa: Casa) -> None:
    sin_folio = llenar(bytes_de(casa, persona=casa.julieta), {
        "ejercicio": 2026, "periodo": "3.er trimestre", "objetivo": "Dato protegido"})
    assert cuentas(subir_de_verdad(casa, casa.julieta, sin_folio)) == {"malos": 1}
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    libro = load_workbook(BytesIO(bytes_de(casa, persona=casa.julieta, con_datos=True)))
    columnas = {celda.value: celda.column for celda in libro.worksheets[0][1]}
    for fila in libro.worksheets[0].iter_rows(min_row=3):
        if fila[0].value == a_folio(registro):
            fila[columnas["objetivo"] - 1].value = "Dato protegido"
    salida = BytesIO()
    libro.save(salida)
    carga = subir_de_verdad(casa, casa.julieta, salida.getvalue())
    assert cuentas(carga) == {"malos": 1} and "lo pone el sistema" in str(causas(carga))
