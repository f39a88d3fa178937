"""Los archivos que vienen junto al libro: sueltos o en un .zip, por su nombre; y los que se agregan después."""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from models.adjuntos import Archivo, RegistroArchivo
from models.archivos.subida import ArchivoRechazado
from models.cargas import ArchivoPendiente, Carga, CargaArchivo
from models.domain.catalogo_vigente import vigente
from models.domain.errores import ActoImposible, NoExiste
from models.folios import a_folio
from models.hojas.cargas import Subido, attach_archivos, cancel_carga, read_reparto, undo_carga, zips
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.limpieza import purge_cargas
from models.hojas.cargas.pendientes import attach_pendiente, attach_pendientes, count_pendientes, list_pendientes
from models.verificacion.verificacion import verify
from tests.bases import Base
from tests.cargador import Renglon, cargar, cuentas, releer, revisar, subir
from tests.cuadre import integro
from tests.elenco import Casa, Persona
from tests.fabrica import pdf


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


def suelto(nombre: str, titulo: str = "") -> Subido:
    return Subido(nombre, io.BytesIO(pdf(titulo or nombre)))



def _zip(partes: dict[str, bytes], nombre: str = "contratos.zip") -> Subido:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for parte, contenido in partes.items():
            paquete.writestr(parte, contenido)
    salida.seek(0)
    return Subido(nombre, salida)


def renglones(casa: Casa, persona: Persona, *nombres: str) -> list[Renglon]:
    """Un convenio por nombre de archivo, que solo le falta ese archivo."""
    return [Renglon(casa.crudo(persona, convenio=None, denominacion_convenio=f"Convenio {i}"), archivos={"convenio": nombre})
            for i, nombre in enumerate(nombres)]


def test_varios_sueltos_se_hallan_por_su_nombre_y_uno_sirve_a_muchos(base: Base, casa: Casa) -> None:
    filas = renglones(casa, casa.julieta, "Convenio Número 1.pdf", "convenio numero 1.PDF", "otro.pdf")
    carga = subir(casa, casa.julieta, *filas)
    assert len(read_reparto(carga).faltan) == 2, "dos archivos: uno lo nombran dos veces"
    subidos = [suelto("CONVENIO NUMERO 1.pdf"), suelto("ajeno.pdf")]
    reparto = attach_archivos(casa.julieta.actor, carga, carpeta.almacen, subidos)
    assert (reparto.faltan, reparto.sobran, len(reparto.hallados)) == (("otro.pdf",), ("ajeno.pdf",), 1)
    revisar(casa.julieta, casa.tabla(), releer(carga), *filas)
    carga = cargar(casa.julieta, releer(carga))
    assert (carga.situacion, cuentas(carga)) == ("cargada", {"nuevos": 3, "incompletos": 1})
    archivo = Archivo.get(Archivo.nombre == "CONVENIO NUMERO 1.pdf")
    assert RegistroArchivo.select().where(RegistroArchivo.archivo_id == archivo.id).count() == 2
    [pendiente] = ArchivoPendiente.select()
    assert (pendiente.campo, pendiente.nombre) == ("convenio", "otro.pdf")
    integro(base)


def test_un_zip_con_carpetas_vale_por_lo_que_lleva_adentro(base: Base, casa: Casa) -> None:
    carga = subir(casa, casa.julieta, *renglones(casa, casa.julieta, "uno.pdf", "dos.pdf"))
    subido = _zip({"2026/enero/uno.pdf": pdf("uno"), "dos.pdf": pdf("dos"), "__MACOSX/._dos.pdf": b"x", "Thumbs.db": b"x",
                   "nota.txt": b"hola"})
    reparto = attach_archivos(casa.julieta.actor, carga, carpeta.almacen, [subido])
    assert (reparto.hallados, reparto.faltan, reparto.sobran) == (("dos.pdf", "uno.pdf"), (), ())
    [(nombre, razon)] = reparto.rechazados
    assert nombre == "nota.txt" and "no es un PDF" in razon
    assert releer(carga).situacion == "recibida", "se revisa otra vez con lo que llegó"


def test_los_nombres_de_un_zip_de_windows_se_entienden(casa: Casa) -> None:
    parte = zipfile.ZipInfo("diseño.pdf".encode("cp850").decode("cp437"))
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as paquete:
        paquete.writestr(parte, pdf())
    crudo = salida.getvalue().replace(parte.filename.encode(), "diseño.pdf".encode("cp850"))
    salida = io.BytesIO(_sin_marca_utf8(crudo))
    [dentro] = [uno for uno in zips.unpack([Subido("x.zip", salida)])]
    assert dentro.nombre == "diseño.pdf"


def _sin_marca_utf8(crudo: bytes) -> bytes:
    """El mismo .zip de una parte, con los largos de nombre corregidos y sin la marca de que va en UTF-8."""
    nombre = "diseño.pdf".encode("cp850")
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as paquete:
        paquete.writestr("dise@o.pdf", pdf())
    return salida.getvalue().replace(b"dise@o.pdf", nombre)


@pytest.mark.parametrize(("ruta", "dicho"), [("../../etc/fuera.pdf", "apunta fuera"), ("/raiz.pdf", "apunta fuera"),
                                             ("C:\\x\\y.pdf", "apunta fuera")])
def test_una_ruta_que_sale_del_zip_no_se_abre(casa: Casa, ruta: str, dicho: str) -> None:
    [dentro] = zips.unpack([_zip({ruta: pdf()})])
    assert isinstance(dentro, zips.Rechazado) and dicho in dentro.razon


def test_un_zip_que_se_infla_va_danado_o_trae_demasiado_se_rechaza(
    casa: Casa, monkeypatch: pytest.MonkeyPatch,
) -> None:
    [bomba] = zips.unpack([_zip({"bomba.pdf": b"\0" * 20_000_000})])
    assert isinstance(bomba, zips.Rechazado) and "infla" in bomba.razon
    with pytest.raises(ArchivoRechazado, match=r"no es un \.zip"):
        list(zips.unpack([Subido("malo.zip", io.BytesIO(b"PK\x03\x04" + b"x" * 300))]))
    monkeypatch.setattr(zips, "PARTES", 2)
    with pytest.raises(ArchivoRechazado, match="trae 3 archivos"):
        list(zips.unpack([_zip({f"{i}.pdf": b"x" for i in range(3)})]))
    monkeypatch.setattr(zips, "INFLADO", 10)
    with pytest.raises(ArchivoRechazado, match="pesa demasiado"):
        list(zips.unpack([_zip({"a.pdf": b"x" * 50})]))


def test_una_parte_danada_no_tira_a_las_demas(casa: Casa) -> None:
    carga = subir(casa, casa.julieta, *renglones(casa, casa.julieta, "uno.pdf", "dos.pdf"))
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_STORED) as paquete:
        paquete.writestr("uno.pdf", pdf("uno"))
        paquete.writestr("dos.pdf", pdf("dos"))
    crudo = salida.getvalue().replace(b"(uno)", b"(unX)")
    reparto = attach_archivos(casa.julieta.actor, carga, carpeta.almacen, [Subido("a.zip", io.BytesIO(crudo))])
    assert reparto.hallados == ("dos.pdf",)
    assert reparto.rechazados == (("uno.pdf", "Está dañado dentro del .zip. Hágalo de nuevo o súbalo suelto."),)


def test_solo_quien_la_subio_o_su_unidad_agregan_archivos_y_mientras_viva(casa: Casa) -> None:
    carga = subir(casa, casa.julieta, *renglones(casa, casa.julieta, "uno.pdf"))
    with pytest.raises(NoExiste):
        attach_archivos(casa.ines.actor, carga, carpeta.almacen, [suelto("uno.pdf")])
    cancel_carga(casa.julieta.actor, carga)
    with pytest.raises(ActoImposible, match="ya terminó"):
        attach_archivos(casa.julieta.actor, carga, carpeta.almacen, [suelto("uno.pdf")])
    assert not CargaArchivo.select().exists()


def test_el_libro_que_nombra_el_archivo_que_el_registro_ya_tiene_no_lo_pierde(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    crudo = casa.crudo(casa.julieta, convenio=None)
    igual = subir(casa, casa.julieta, Renglon(crudo, registro, 1, archivos={"convenio": "Contrato.PDF"}))
    assert cuentas(igual) == {"iguales": 1}
    otro = Renglon(crudo | {"objetivo": "Otro"}, registro, 1, archivos={"convenio": "contrato.pdf"})
    cargar(casa.julieta, subir(casa, casa.julieta, otro))
    fila = casa.fila(registro)
    assert (fila.version, fila.faltan) == (2, 0) and fila.c_convenio is not None
    assert not ArchivoPendiente.select().exists()
    integro(base)


# --- pendientes ---

def test_un_archivo_pendiente_completa_a_todos_los_que_lo_nombran(base: Base, casa: Casa) -> None:
    filas = renglones(casa, casa.julieta, "acta.pdf", "Acta.pdf", "otro.pdf")
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *filas))
    acta, otro = list_pendientes(casa.julieta.actor, casa.tabla())
    assert (acta.nombre.lower(), acta.registros, otro.registros) == ("acta.pdf", 2, 1)
    assert not list_pendientes(casa.beto.actor, casa.tabla()), "lo que no está a su cargo no se ve"
    hecho = attach_pendientes(casa.julieta.actor, casa.tabla(), carpeta.almacen, [suelto("ACTA.pdf"), suelto("nada.pdf")])
    assert (hecho.registros, hecho.quedan, hecho.sobran, hecho.rechazados) == (2, 0, ("nada.pdf",), ())
    assert count_pendientes(casa.julieta.actor, casa.tabla()) == 1
    hecho = attach_pendiente(casa.julieta.actor, casa.tabla(), carpeta.almacen, "otro.pdf", "convenio", suelto("distinto.pdf"))
    assert hecho.registros == 1 and not ArchivoPendiente.select().exists()
    assert [(fila.version, fila.faltan) for fila in casa.tabla().trabajo.select()] == [(2, 0)] * 3
    integro(base)
    assert cuentas(subir(casa, casa.julieta, *filas)) == {"iguales": 3}, "el mismo libro, ya completado, no vuelve a entrar"
    assert undo_carga(casa.julieta.actor, releer(carga)).nuevos == 3, "completar lo propio no impide deshacer"
    integro(base)


def test_los_pendientes_se_completan_de_a_poco_si_son_muchos(
    base: Base, casa: Casa, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("models.hojas.cargas.pendientes.TOPE", 2)
    cargar(casa.julieta, subir(casa, casa.julieta, *renglones(casa, casa.julieta, *["acta.pdf"] * 5)))
    veces = [attach_pendientes(casa.julieta.actor, casa.tabla(), carpeta.almacen, [suelto("acta.pdf")]) for _ in range(3)]
    assert [(vez.registros, vez.quedan) for vez in veces] == [(2, 3), (2, 1), (1, 0)]
    integro(base)


def test_lo_que_se_completa_a_mano_deja_de_estar_pendiente(casa: Casa) -> None:
    cargar(casa.julieta, subir(casa, casa.julieta, *renglones(casa, casa.julieta, "acta.pdf")))
    casa.editar(casa.julieta, casa.tabla().trabajo.get().id)
    assert not list_pendientes(casa.julieta.actor, casa.tabla())


# --- direcciones ---

def test_una_direccion_publica_de_la_propia_institucion_es_su_archivo(base: Base, casa: Casa) -> None:
    propio, ajeno = (publicar_con(casa, persona, unidad) for persona, unidad in (
        (casa.julieta, casa.laura), (casa.ines, casa.ramiro)))
    direcciones = (f"http://localhost:8080/metepec/archivo/{propio}/contrato.pdf",
                   f"http://localhost:8080/toluca/archivo/{ajeno}/contrato.pdf", "https://otro.gob.mx/acta.pdf")
    carpeta.initialize(carpeta.datos, ("localhost",))
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *renglones(casa, casa.julieta, *direcciones)))
    assert cuentas(carga) == {"nuevos": 3, "incompletos": 2}
    assert sorted(uno.nombre for uno in ArchivoPendiente.select()) == sorted(direcciones[1:])
    carpeta.initialize(carpeta.datos, ("transparencia.gob.mx",))
    otra = subir(casa, casa.julieta, *renglones(casa, casa.julieta, direcciones[0].replace("contrato", "otro")))
    assert cuentas(otra)["incompletos"] == 1, "esa dirección no es de este sitio"


def publicar_con(casa: Casa, persona: Persona, unidad: Persona) -> str:
    registro = casa.capturar(persona)
    casa.hacer(unidad, "publicar", registro)
    return a_folio(casa.fila(registro).c_convenio)


# --- limpieza ---

def test_lo_que_no_se_cargo_no_deja_nada(base: Base, casa: Casa) -> None:
    carga = subir(casa, casa.julieta, *renglones(casa, casa.julieta, "uno.pdf"))
    attach_archivos(casa.julieta.actor, carga, carpeta.almacen, [suelto("uno.pdf"), suelto("sobra.pdf")])
    cancel_carga(casa.julieta.actor, releer(carga))
    assert purge_cargas() == 1, "el expediente, en cuanto se cancela"
    assert not carpeta.ruta_de(carga).exists() and CargaArchivo.select().count() == 2
    _pasa_un_dia()
    purge_cargas()
    assert not CargaArchivo.select().exists() and not Archivo.select().where(Archivo.nombre == "uno.pdf").exists()
    assert [ruta for ruta in carpeta.almacen.carpeta.rglob("*") if ruta.is_file()] == []
    assert purge_cargas() == 0


def test_la_limpieza_respeta_lo_cargado_y_tira_lo_que_sobro(base: Base, casa: Casa) -> None:
    filas = renglones(casa, casa.julieta, "uno.pdf")
    carga = subir(casa, casa.julieta, *filas)
    attach_archivos(casa.julieta.actor, carga, carpeta.almacen, [suelto("uno.pdf"), suelto("sobra.pdf")])
    revisar(casa.julieta, casa.tabla(), releer(carga), *filas)
    carga = cargar(casa.julieta, releer(carga))
    _pasa_un_dia()
    purge_cargas()
    quedan = {archivo.nombre for archivo in Archivo.select()}
    assert "uno.pdf" in quedan and "sobra.pdf" not in quedan
    assert carpeta.almacen.existe(carga.sha256) and not carpeta.ruta_de(carga).exists()


def _pasa_un_dia() -> None:
    Carga.update(cambiado_en=Carga.cambiado_en - 2 * 24 * 3600_000).execute()
    for ruta in carpeta.almacen.carpeta.rglob("*"):
        os.utime(ruta, (time.time() - 2 * 24 * 3600,) * 2)


def test_verificar_nota_que_falta_el_libro_de_una_carga(base: Base, casa: Casa) -> None:
    hecha = subir(casa, casa.julieta, casa.crudo(casa.julieta), nombre="hecha.xlsx")
    cancelada = subir(casa, casa.julieta, casa.crudo(casa.julieta), nombre="cancelada.xlsx")
    cancel_carga(casa.julieta.actor, cancelada)
    antes = _faltas()
    for carga in (hecha, cancelada):
        carpeta.almacen.ruta(carga.sha256).unlink()
    [nuevo] = _faltas() - antes
    assert f"el libro de la carga {hecha.folio}" in nuevo and "no está en el disco" in nuevo


def _faltas() -> set[str]:
    return {hallazgo.texto for hallazgo in dict(verify(vigente.foto, carpeta.almacen))["los archivos están completos"]}
