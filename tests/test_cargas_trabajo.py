"""El trabajador con las cargas: lee el libro de verdad, se puede cancelar, y matarlo no deja nada a medias."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import psutil
import pytest

from models.cargas import Carga, Receta
from models.domain.errores import ActoImposible
from models.hojas.cargas import (
    accept_correcciones,
    cancel_carga,
    confirm_carga,
    open_expediente,
    receive_libro,
    resume_carga,
)
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.encargo import find_encargo
from models.tareas import Trabajo
from models.trabajos.cola import INTENTOS, take
from models.trabajos.oficios import RENDIRSE
from models.trabajos.trabajador import attend_all
from tests.bases import RAIZ, Base
from tests.cargador import Renglon, cuentas, releer, subir
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa
from tests.libros import libro
from tests.ordenes import esperar

CAMPOS = ("ejercicio", "periodo", "tipo_convenio", "denominacion_convenio", "fecha_firma", "objetivo", "monto_recursos")


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


def recibir(casa: Casa, n: int = 3, **mas: str) -> Carga:
    """Julieta sube un libro de verdad con ``n`` renglones."""
    crudo = casa.crudo(casa.julieta, monto_recursos="1350000.00") | mas
    contenido = libro(CAMPOS, *[[crudo[campo] if campo != "denominacion_convenio" else f"Convenio {i}" for campo in CAMPOS]
                                for i in range(n)])
    return receive_libro(casa.julieta.actor, casa.tabla(), carpeta.almacen, "convenios.xlsx", BytesIO(contenido), {})


def pasan_los_segundos_del_arriendo() -> None:
    Trabajo.update(arriendo=0).where(Trabajo.estado == "en_curso").execute()


def test_el_trabajador_lee_el_libro_y_lo_carga(base: Base, casa: Casa) -> None:
    carga = recibir(casa)
    assert attend_all("uno") == 1
    carga = releer(carga)
    assert (carga.situacion, cuentas(carga)) == ("revisada", {"nuevos": 3, "incompletos": 3}), carga.mensaje
    confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
    assert attend_all("uno") == 1
    assert releer(carga).situacion == "cargada"
    trabajo = find_encargo(releer(carga))
    assert trabajo is not None and (trabajo.estado, trabajo.hecho, trabajo.total) == ("terminado", 3, 3)
    assert casa.tabla().trabajo.select().count() == 3
    integro(base)


def test_un_libro_que_no_se_puede_leer_queda_rechazado_y_dice_por_que(casa: Casa) -> None:
    ajeno = BytesIO(libro(("Una", "Otra"), ("cosa", "cosa")))
    carga = receive_libro(casa.julieta.actor, casa.tabla(), carpeta.almacen, "ajeno.xlsx", ajeno, {})
    attend_all("uno")
    carga = releer(carga)
    assert carga.situacion == "rechazada" and "libro" in carga.mensaje
    assert not carpeta.ruta_de(carga).exists()


def test_lo_que_se_acepta_corregir_entra_y_queda_como_receta(base: Base, casa: Casa) -> None:
    carga = recibir(casa, monto_recursos="$1,350,000.00")
    attend_all("uno")
    assert cuentas(releer(carga)) == {"por_corregir": 3}
    with open_expediente(carga) as expediente:
        [grupo] = expediente.group_correcciones()
    elegida = f"{grupo['campo']}|{grupo['clase']}"
    accept_correcciones(casa.julieta.actor, releer(carga), [elegida, "inventada|nada"])
    attend_all("uno")
    carga = releer(carga)
    assert (cuentas(carga), json.loads(carga.receta)) == ({"nuevos": 3, "incompletos": 3}, [elegida])
    assert [(una.clave, una.correccion) for una in Receta.select()] == [(CLAVE, elegida)]
    accept_correcciones(casa.julieta.actor, carga, [])
    attend_all("uno")
    assert cuentas(releer(carga)) == {"por_corregir": 3} and not Receta.select().exists()


def test_cancelada_antes_de_revisarse_no_se_revisa(casa: Casa) -> None:
    carga = recibir(casa)
    cancel_carga(casa.julieta.actor, carga)
    assert attend_all("uno") == 0
    assert releer(carga).situacion == "cancelada"
    with pytest.raises(ActoImposible, match="ya terminó"):
        cancel_carga(casa.julieta.actor, carga)


def test_la_que_se_interrumpe_siempre_lo_dice_y_se_puede_seguir(base: Base, casa: Casa) -> None:
    carga = recibir(casa)
    for _ in range(INTENTOS):
        assert take("uno", RENDIRSE) is not None
        pasan_los_segundos_del_arriendo()
    assert take("uno", RENDIRSE) is None
    carga = releer(carga)
    assert carga.situacion == "interrumpida" and "puede seguirla" in carga.mensaje
    resume_carga(casa.julieta.actor, carga)
    attend_all("uno")
    assert releer(carga).situacion == "revisada"


def test_no_se_sigue_lo_que_va_bien(casa: Casa) -> None:
    carga = recibir(casa)
    with pytest.raises(ActoImposible):
        resume_carga(casa.julieta.actor, carga)


def test_quien_pierde_el_formato_mientras_espera_no_ve_su_libro_revisado(casa: Casa) -> None:
    carga = recibir(casa)
    casa.julieta.usuario.activo = False
    casa.julieta.usuario.save()
    attend_all("uno")
    assert releer(carga).situacion == "rechazada"


# --- kill -9 ---

@pytest.fixture
def victimas(base: Base, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Pare trabajadores de verdad, que mueren de SIGKILL (``victima_de_carga.py``)."""
    with subprocess.Popen([sys.executable, "-m", "tests.victima_de_carga", base.url, str(tmp_path)], cwd=RAIZ, text=True,
                          bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as proceso:
        yield proceso
        proceso.communicate()


def nace(victimas: "subprocess.Popen[str]", muere_en: int = 0) -> int:
    """Nace un trabajador; da su número de proceso."""
    assert victimas.stdin is not None
    victimas.stdin.write(f"{muere_en}\n")
    return leer(victimas)


def leer(victimas: "subprocess.Popen[str]") -> int:
    assert victimas.stdout is not None
    return int(victimas.stdout.readline())


def test_muera_en_la_consulta_que_muera_la_carga_queda_hecha_o_intacta(
    base: Base, casa: Casa, victimas: "subprocess.Popen[str]",
) -> None:
    """Al cargar: cada muerte deja todo o nada, y el siguiente trabajador lo termina."""
    registro, muertes, senal = casa.capturar(casa.julieta), 0, -9
    for consulta in count(3, 3):
        casa.editar(casa.julieta, registro, objetivo=f"Antes de la {consulta}")
        cambio = Renglon(casa.crudo(casa.julieta, objetivo=f"En la {consulta}"), registro, casa.fila(registro).version)
        carga = subir(casa, casa.julieta, cambio, casa.crudo(casa.julieta, denominacion_convenio=f"Nuevo {consulta}"))
        confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
        antes = casa.fila(registro).version, casa.tabla().trabajo.select().count()
        nace(victimas, consulta)
        senal = leer(victimas)
        hecha = releer(carga).situacion == "cargada"
        assert (casa.fila(registro).version, casa.tabla().trabajo.select().count()) == (antes[0] + hecha, antes[1] + hecha)
        integro(base)
        pasan_los_segundos_del_arriendo()
        attend_all("dos")
        assert releer(carga).situacion == "cargada" and casa.tabla().trabajo.select().count() == antes[1] + 1
        if senal == 0:
            break
        muertes += 1
    assert muertes >= 5, "ninguna muerte llegó a tiempo"
    integro(base)


def test_matar_al_trabajador_mientras_se_lee_el_libro_no_deja_huerfanos(
    base: Base, casa: Casa, victimas: "subprocess.Popen[str]",
) -> None:
    carga = recibir(casa, 100)
    trabajador = psutil.Process(nace(victimas))
    esperar(lambda: trabajador.children(recursive=True), "que nazca el proceso que lee")
    lectores = trabajador.children(recursive=True)
    trabajador.kill()
    assert leer(victimas) == -9
    _, vivos = psutil.wait_procs(lectores, timeout=20)
    assert not vivos, "el que lee se queda solo"
    assert releer(carga).situacion == "revisando"
    pasan_los_segundos_del_arriendo()
    attend_all("dos")
    assert releer(carga).situacion == "revisada" and cuentas(releer(carga))["nuevos"] == 100
    assert [ruta.name for ruta in carpeta.expedientes.iterdir()] == [carpeta.ruta_de(carga).name]
