"""El volcado: un paquete de datos válido con todo lo público y nada más, que aparece completo o no aparece."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from peewee import DatabaseError

from models.domain.catalogo_vigente import vigente
from models.folios import a_folio, de_folio
from models.mensajes import DEL_GARANTE
from models.publicados import fundidos
from models.publicados.apertura import open_publicados
from models.reloj import ahora
from models.servicio.marca import Marca
from models.tareas import Trabajo
from models.trabajos import nocturno as modulo
from models.trabajos.nocturno import Nocturno, find_ultimo, nocturno
from models.trabajos.trabajador import attend_all
from models.verificacion.volcado import VIEJO, check_volcado
from models.volcado.deposito import Deposito, EnObra
from models.volcado.taller import SinEspacio, Taller
from tests.bases import RAIZ, Base
from tests.cliente import entorno_de
from tests.elenco import CLAVE, Casa
from tests.volcado_prep import abrir, descriptor, hacer, leer, taller_de, validar


@pytest.fixture
def taller(base_propia: Base, casa: Casa, tmp_path: Path) -> Taller:
    return taller_de(base_propia, tmp_path)


NOMBRES = ("Queda", "Retirado", "Perla Oculta")


def publicar(casa: Casa, **campos: Any) -> str:
    registro = casa.capturar(casa.laura, **campos)
    casa.hacer(casa.laura, "publicar", registro)
    return a_folio(registro)


# --- qué trae ---

def test_es_un_paquete_valido_entero_y_con_las_huellas_que_dice(
    taller: Taller, casa: Casa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fundidos, "TROZO", 2)
    suyos = [publicar(casa, nota='Dice "sí",\nen dos =1+1 renglones', ejercicio=anio) for anio in ("2025", "2026", "2026")]
    casa.hacer(casa.ramiro, "publicar", casa.capturar(casa.ramiro))
    volcado = hacer(taller)
    assert taller.registros == 4 and [fila["folio"] for fila in leer(volcado, CLAVE)][:3] == suyos
    carpeta = abrir(volcado, tmp_path / "abierto")
    informe = validar(carpeta)
    assert informe.valid, informe.flatten(["name", "type", "note"])
    assert {tarea.name for tarea in informe.tasks} == {
        "instituciones", "convenios", "convenios.tabla_contrapartes", "informacion_reservada", "padrones", "diccionario"}
    for recurso in descriptor(volcado)["resources"]:
        contenido = (carpeta / recurso["path"]).read_bytes()
        assert (recurso["bytes"], recurso["hash"]) == (len(contenido), f"sha256:{hashlib.sha256(contenido).hexdigest()}")


@pytest.mark.parametrize(("archivo", "de", "a", "falta"), [
    ("convenios", b"Metepec", b"Metepek", "hash-count"),
    ("convenios.tabla_contrapartes", b"\r\n0", b"\r\n1", "foreign-key"),
    ("convenios", b"48500.00", b"cuarenta", "type-error")])
def test_el_validador_nota_un_byte_cambiado(
    taller: Taller, casa: Casa, tmp_path: Path, archivo: str, de: bytes, a: bytes, falta: str,
) -> None:
    publicar(casa)
    ruta = abrir(hacer(taller), tmp_path / "abierto") / "datos" / f"{archivo}.csv"
    contenido = ruta.read_bytes()
    assert de in contenido
    ruta.write_bytes(contenido.replace(de, a, 1))
    assert falta in {tipo for [tipo] in validar(tmp_path / "abierto").flatten(["type"])}


def test_el_descriptor_dice_de_quien_es_de_cuando_y_con_que_licencia(taller: Taller) -> None:
    volcado = hacer(taller)
    dicho = descriptor(volcado)
    assert dicho["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (dicho["name"], dicho["id"]) == ("ipomex", "https://ipomex.ejemplo.mx/datos/volcado.zip")
    assert dicho["licenses"] == [{"path": "https://datos.gob.mx/libreusomx", "title": "Libre Uso MX"}]
    assert dicho["created"].startswith(dicho["version"].replace(".", "-")) and dicho["created"].endswith("-06:00")
    assert dicho["contributors"][0]["roles"] == ["publisher"] and dicho["sources"][0]["path"] == "https://ipomex.ejemplo.mx"
    with zipfile.ZipFile(volcado.ruta) as archivo:
        assert {"datapackage.json", "LEAME.md", "LICENCIA.txt"} <= set(archivo.namelist())
        assert archivo.read("LICENCIA.txt").decode() == (
            f"Libre Uso MX\nhttps://datos.gob.mx/libreusomx\n\n{Marca().licencia_texto}")
        leame = archivo.read("LEAME.md").decode()
    assert "consultado el" in leame and "`datos/convenios.csv`" in leame and "inventados" in leame
    assert all(set(recurso) >= {"name", "path", "format", "mediatype", "encoding", "bytes", "hash", "schema"}
               for recurso in dicho["resources"])


def test_el_diccionario_y_las_instituciones_explican_lo_demas(taller: Taller, casa: Casa) -> None:
    publicar(casa)
    volcado = hacer(taller)
    assert [(fila["siglas"], fila["direccion"]) for fila in leer(volcado, "instituciones")] == [
        (siglas, f"https://ipomex.ejemplo.mx/{siglas}/") for siglas in ("metepec", "toluca")]
    diccionario = {(fila["recurso"], fila["columna"]): fila for fila in leer(volcado, "diccionario")}
    columnas = {(recurso["name"], columna["name"]) for recurso in descriptor(volcado)["resources"]
                for columna in recurso["schema"]["fields"]}
    assert set(diccionario) == columnas and set(leer(volcado, CLAVE)[0]) == {c for r, c in columnas if r == CLAVE}
    assert "concertacion_social=" in diccionario[CLAVE, "tipo_convenio"]["opciones"]
    assert leer(volcado, CLAVE)[0]["direccion"].startswith(f"https://ipomex.ejemplo.mx/metepec/{CLAVE}/r/")


def test_lo_retirado_lo_protegido_y_lo_que_nadie_publico_no_va(taller: Taller, casa: Casa) -> None:
    queda, retirado, protegido = (publicar(casa, denominacion_convenio=nombre) for nombre in NOMBRES)
    casa.capturar(casa.laura, denominacion_convenio="Sin publicar")
    primero = hacer(taller)
    assert [fila["folio"] for fila in leer(primero, CLAVE)] == [queda, retirado, protegido]
    casa.hacer(casa.laura, "retirar", de_folio(retirado), motivo="Duplicado.")
    publica = casa.tabla().publica
    [fila] = [una for una in publica.select() if a_folio(una.id) == protegido]
    contenido = json.loads(fila.contenido)
    del contenido["datos"]["denominacion_convenio"]
    contenido["protegidos"] = {"denominacion_convenio": {"acta": "CT/12/2026", "desde": "2026-11-22"}}
    publica.update(contenido=json.dumps(contenido, ensure_ascii=False)).where(
        publica.sujeto_id == fila.sujeto_id, publica.id == fila.id).execute()
    volcado = hacer(taller)
    filas = leer(volcado, CLAVE)
    assert [fila["folio"] for fila in filas] == [queda, protegido]
    assert filas[1]["denominacion_convenio"] == "" and filas[1]["denominacion_convenio__motivo"].startswith("Dato protegido")
    with zipfile.ZipFile(volcado.ruta) as archivo:
        todo = b"".join(map(archivo.read, archivo.namelist())).decode()
    assert not [nombre for nombre in (*NOMBRES[1:], "Sin publicar", retirado) if nombre in todo]
    assert not primero.ruta.exists(), "del anterior, que sí lo traía, no queda nada"


def test_lo_lee_una_conexion_que_no_puede_escribir(base: Base, casa: Casa) -> None:
    lectura = open_publicados(base.url, lambda: vigente.foto, 1)
    with pytest.raises(DatabaseError):
        lectura.base.execute_sql("DELETE FROM pub_sujeto")
    lectura.base.close_all()


# --- el depósito ---

def test_el_de_ayer_sigue_hasta_que_el_nuevo_esta_completo_y_quien_lo_baja_lo_termina(taller: Taller, casa: Casa) -> None:
    primero, deposito = hacer(taller), taller.deposito
    abierto = deposito.abrir()
    assert abierto is not None and abierto[0] == primero
    publicar(casa)
    pasos = taller.make()
    next(pasos)
    assert deposito.actual() == primero, "a medias nadie lo ve"
    with pytest.raises(EnObra):
        hacer(taller_de_otro(taller))
    list(pasos)
    assert deposito.actual() == taller.hecho != primero and not primero.ruta.exists()
    with abierto[1] as archivo:
        assert hashlib.sha256(archivo.read()).hexdigest() == primero.sha256
    assert [ruta.name for ruta in deposito.carpeta.glob("*") if ruta.name != ".candado"] == [taller.hecho.ruta.name]  # type: ignore[union-attr]


def taller_de_otro(taller: Taller) -> Taller:
    return Taller(taller.entorno, taller.marca)


def test_sin_espacio_se_conserva_el_anterior_y_lo_dicho_queda(
    base_propia: Base, taller: Taller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    primero = hacer(taller)
    nocturno.taller = taller_de(base_propia, tmp_path, reserva=10**15)
    monkeypatch.setattr(modulo, "momento", lambda _instante: type("Hora", (), {"hour": 5}))
    assert nocturno.order() is not None and attend_all("prueba", aparte=True) == 1
    ultimo = find_ultimo()
    assert ultimo is not None and ultimo.estado == "fallido" and taller.deposito.actual() == primero
    [falta] = check_volcado(taller.deposito)
    assert "No se hizo el volcado: en el disco de" in falta


def test_si_el_disco_se_llena_a_medias_se_dice_y_no_queda_nada(taller: Taller) -> None:
    with pytest.raises(SinEspacio):
        list(taller.write(Path("/dev/full"), ahora()))


def test_verificar_nota_el_que_cambio_y_el_viejo(base_propia: Base, taller: Taller) -> None:
    assert list(check_volcado(taller.deposito)) == [], "un sitio nuevo todavía no tiene"
    volcado = hacer(taller)
    Trabajo.insert(sujeto_id=DEL_GARANTE, id=1, tipo="volcado", estado="terminado", creado_por=0, creado_en=0,
                   cambiado_en=0).execute()
    assert list(check_volcado(taller.deposito)) == []
    viejo = volcado.ruta.with_name(f"volcado-{ahora() - VIEJO - 60_000:013}-{volcado.sha256}.zip")
    volcado.ruta.rename(viejo)
    assert "el último es del" in "".join(check_volcado(taller.deposito))
    contenido = bytearray(viejo.read_bytes())
    contenido[100] ^= 1
    viejo.write_bytes(contenido)
    assert "no es el de su huella" in "".join(check_volcado(taller.deposito))


# --- cada noche ---

@pytest.fixture
def de_noche(base_propia: Base, casa: Casa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nocturno]:
    """El del proceso, a las cinco de la mañana; el volcado se hace desde las dos."""
    monkeypatch.setattr(nocturno, "taller", None)
    nocturno.initialize(entorno_de(base_propia.url, tmp_path, volcado=2), Marca())
    monkeypatch.setattr(modulo, "momento", lambda _instante: type("Hora", (), {"hour": 5}))
    yield nocturno


def test_se_encarga_una_vez_al_dia_y_desde_su_hora(de_noche: Nocturno, monkeypatch: pytest.MonkeyPatch) -> None:
    assert de_noche.order() is not None
    assert de_noche.order() is None and Trabajo.select().count() == 1
    monkeypatch.setattr(modulo, "ahora", lambda: ahora() + 24 * 3_600_000)
    monkeypatch.setattr(modulo, "momento", lambda _instante: type("Hora", (), {"hour": 1}))
    assert de_noche.order() is None, "mañana a la una todavía no toca"
    monkeypatch.setattr(modulo, "momento", lambda _instante: type("Hora", (), {"hour": 2}))
    assert de_noche.order() is not None
    assert de_noche.taller is not None
    de_noche.taller.deposito.hora = None
    monkeypatch.setattr(modulo, "ahora", lambda: ahora() + 48 * 3_600_000)
    assert de_noche.order() is None, "con IPOMEX_VOLCADO=no no se hace solo"


def test_no_hace_cola_con_lo_que_alguien_espera(de_noche: Nocturno) -> None:
    de_noche.order()
    assert attend_all("prueba") == 0 and attend_all("prueba", aparte=True) == 1
    ultimo = find_ultimo()
    assert ultimo is not None and (ultimo.estado, ultimo.hecho) == ("terminado", 3)
    assert de_noche.taller is not None and de_noche.taller.deposito.actual() is not None


def test_muera_cuando_muera_hay_uno_entero_y_el_siguiente_lo_termina(
    base_propia: Base, casa: Casa, de_noche: Nocturno, tmp_path: Path,
) -> None:
    """Cada muerte de SIGKILL deja el de antes o el nuevo, completos; nunca medio, ni restos después."""
    assert de_noche.taller is not None
    deposito, senal, muertes = de_noche.taller.deposito, -9, 0
    anterior = hacer(de_noche.taller)
    publicar(casa)
    de_noche.order()
    orden = [sys.executable, "-m", "tests.victima_de_volcado", base_propia.url, str(tmp_path)]
    with subprocess.Popen(orden, cwd=RAIZ, text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as victimas:
        for consulta in count(6, 9):
            Trabajo.update(arriendo=0, intentos=0).where(Trabajo.sujeto_id == DEL_GARANTE).execute()
            assert victimas.stdin is not None and victimas.stdout is not None
            victimas.stdin.write(f"{consulta}\n")
            senal = int(victimas.stdout.readline())
            if senal == 0:
                break
            muertes += 1
            assert entero(deposito) == anterior or consulta > 20
        victimas.stdin.close()
    ultimo = find_ultimo()
    assert muertes >= 2 and ultimo is not None and ultimo.estado == "terminado"
    nuevo = entero(deposito)
    assert nuevo.creado > anterior.creado and not list(deposito.carpeta.glob(".haciendo-*"))


def entero(deposito: Deposito) -> Any:
    """El que hay, comprobado."""
    abierto = deposito.abrir()
    assert abierto is not None
    volcado, archivo = abierto
    with archivo, zipfile.ZipFile(archivo) as paquete:
        assert paquete.testzip() is None
    assert hashlib.sha256(volcado.ruta.read_bytes()).hexdigest() == volcado.sha256
    return volcado
