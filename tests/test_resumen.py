"""El resumen por correo, contra un servidor SMTP de verdad: uno por persona y día, nunca dos, y nada se estorba si se cae."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import db
from models.domain.mensajes.resumen import make_resumen
from models.mensajes import Entrada, ResumenCorreo, TareaDiaria
from models.reloj import ahora
from models.servicio import correo_diario
from models.servicio.correo_diario import Hecho, send_resumenes
from models.servicio.entorno import EntornoInvalido, read_entorno
from models.servicio.smtp import Smtp, SmtpInvalido, read_smtp
from models.trabajos.diario import Diario
from models.usuarios import Usuario
from tests.bases import RAIZ, Base
from tests.buzon_de_verdad import Oficina, abrir_oficina, puerto_libre
from tests.cliente import entorno_de
from tests.elenco import Casa
from tests.escenario import escribir

SITIO = "https://ipomex.example"
DIA = 86_400_000


@pytest.fixture
def oficina() -> Iterator[Oficina]:
    with abrir_oficina() as abierta:
        yield abierta


@pytest.fixture
def con_correo(casa: Casa) -> Casa:
    """Julieta y Gabriela dieron su correo; las dos tienen algo sin leer. Beto también lo tiene, y no dio correo."""
    for persona, correo in ((casa.julieta, "julieta@metepec.example"), (casa.gabriela, "gabriela@garante.example")):
        Usuario.update(correo=correo).where(Usuario.id == persona.id).execute()
    escribir(casa.laura, casa.julieta, asunto="Cierre del <trimestre>")
    escribir(casa.laura, casa.beto)
    escribir(casa.laura, "garante", asunto="Una duda")
    return casa


def mandar(oficina: Oficina) -> Hecho:
    return send_resumenes(read_smtp(oficina.url), SITIO)


def a_quienes(oficina: Oficina) -> list[str]:
    return sorted(str(mensaje["To"]) for mensaje in oficina.recibidos)


def pedir_la_orden(base: Base, datos: Path, smtp: str = "") -> "subprocess.Popen[bytes]":
    """``flask --app app resumen``, en su propio proceso."""
    entorno = {**os.environ, "IPOMEX_ENTORNO": "pruebas", "IPOMEX_DATOS": str(datos), "IPOMEX_BASE_DATOS": base.url,
               "IPOMEX_SMTP": smtp}
    return subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "resumen"], cwd=RAIZ, env=entorno,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def otro_dia(monkeypatch: pytest.MonkeyPatch, dias: int = 1) -> None:
    despues = ahora() + dias * DIA
    monkeypatch.setattr(correo_diario, "ahora", lambda: despues)


# --- lo que dice ---

def test_a_cada_quien_uno_con_los_asuntos_y_nada_mas(con_correo: Casa, oficina: Oficina) -> None:
    con_correo.hacer(con_correo.laura, "devolver", *(con_correo.capturar(con_correo.julieta) for _ in range(2)),
                     motivo="El CURP de la señora Pérez está mal.")
    assert mandar(oficina) == Hecho(enviados=2)
    assert a_quienes(oficina) == ["gabriela@garante.example", "julieta@metepec.example"]
    mensaje = next(m for m in oficina.recibidos if "julieta" in str(m["To"]))
    texto = mensaje.get_body(("plain",))
    formado = mensaje.get_body(("html",))
    assert texto is not None and formado is not None
    dicho = texto.get_content()
    assert str(mensaje["Subject"]) == "IPOMEX: 2 mensajes sin leer"
    for parte in ("- Cierre del <trimestre>, de: Unidad de Información", "- Devuelto: Convenios (2 registros)",
                  f"{SITIO}/ipo/mensajes", "Para dejar de recibir"):
        assert parte in dicho
    assert "Cierre del &lt;trimestre&gt;" in formado.get_content()
    todo = dicho + formado.get_content()
    for ajeno in ("CURP", "Pérez", "Laura", "revise lo que falta"):
        assert ajeno not in todo, "el contenido y los nombres se leen adentro"
    assert str(mensaje["List-Unsubscribe"]) == f"<{SITIO}/ipo/mensajes/preferencias>"


def test_a_quien_no_quiere_no_dio_correo_leyo_o_esta_bloqueado_no_se_le_manda(con_correo: Casa, oficina: Oficina) -> None:
    Usuario.update(resumen=False).where(Usuario.id == con_correo.julieta.id).execute()
    Usuario.update(correo="beto@metepec.example", activo=False).where(Usuario.id == con_correo.beto.id).execute()
    Entrada.update(sin_leer=False).where(Entrada.usuario_id == con_correo.gabriela.id).execute()
    assert mandar(oficina) == Hecho() and oficina.recibidos == []


# --- una sola vez ---

def test_uno_al_dia_y_otro_dia_solo_si_hay_algo_nuevo(
        con_correo: Casa, oficina: Oficina, monkeypatch: pytest.MonkeyPatch) -> None:
    mandar(oficina)
    escribir(con_correo.laura, con_correo.julieta, asunto="Otra cosa")
    assert mandar(oficina) == Hecho()
    otro_dia(monkeypatch)
    assert mandar(oficina) == Hecho(enviados=1)
    assert a_quienes(oficina).count("julieta@metepec.example") == 2 and len(oficina.recibidos) == 3
    otro_dia(monkeypatch, 2)
    assert mandar(oficina) == Hecho()


def test_dos_trabajadores_a_la_vez_no_mandan_dos(con_correo: Casa, oficina: Oficina) -> None:
    """Mientras el primer mensaje va en camino, otro trabajador da su vuelta completa."""
    def otra_vuelta() -> None:
        oficina.al_llegar = None
        with db.connection_context():
            segundo.append(send_resumenes(read_smtp(oficina.url), SITIO))

    def al_llegar() -> None:
        hilo = threading.Thread(target=otra_vuelta)
        hilo.start()
        hilos.append(hilo)

    hilos: list[threading.Thread] = []
    segundo: list[Hecho] = []
    oficina.al_llegar = al_llegar
    primero = mandar(oficina)
    for hilo in hilos:
        hilo.join()
    assert a_quienes(oficina) == ["gabriela@garante.example", "julieta@metepec.example"]
    assert primero.enviados + segundo[0].enviados == 2


def test_matarlo_a_la_mitad_no_manda_dos(con_correo: Casa, base: Base, oficina: Oficina, tmp_path: Path) -> None:
    """``kill -9`` cuando el servidor ya tiene el mensaje y todavía no contesta: ese día no se repite."""
    proceso: list[subprocess.Popen[bytes]] = []

    def matar() -> None:
        os.kill(proceso[0].pid, signal.SIGKILL)

    oficina.al_llegar = matar
    proceso.append(pedir_la_orden(base, tmp_path, oficina.url))
    proceso[0].communicate(timeout=60)
    assert proceso[0].returncode == -signal.SIGKILL and len(oficina.recibidos) == 1
    oficina.al_llegar = None
    mandar(oficina)
    assert a_quienes(oficina) == ["gabriela@garante.example", "julieta@metepec.example"]
    assert sorted(fila.situacion for fila in ResumenCorreo.select()) == ["enviado", "tomado"]


# --- lo que sale mal ---

def test_si_el_servidor_no_esta_se_deja_para_despues_y_no_se_pierde(
        con_correo: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    nadie = Smtp("127.0.0.1", puerto_libre(), "no", "avisos@ipomex.example")
    assert send_resumenes(nadie, "") == Hecho(caido=True)
    [fila] = ResumenCorreo.select()
    assert (fila.situacion, fila.intentos) == ("pendiente", 1) and fila.siguiente > ahora()
    with abrir_oficina() as oficina:
        mandar(oficina)
        assert len(oficina.recibidos) == 1, "el que falló espera su turno; la otra persona ya recibió el suyo"
        despues = ahora() + 120_000
        monkeypatch.setattr(correo_diario, "ahora", lambda: despues)
        mandar(oficina)
        assert a_quienes(oficina) == ["gabriela@garante.example", "julieta@metepec.example"]


def test_cada_intento_espera_mas_y_al_final_se_rinde(con_correo: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    nadie = Smtp("127.0.0.1", puerto_libre(), "no", "avisos@ipomex.example")
    reloj, pausas = [ahora()], []
    monkeypatch.setattr(correo_diario, "ahora", lambda: reloj[0])
    monkeypatch.setattr(correo_diario, "dia_de", lambda _: dt.date(2026, 11, 23))
    Usuario.update(correo=None).where(Usuario.id == con_correo.gabriela.id).execute()
    for _ in range(correo_diario.INTENTOS):
        send_resumenes(nadie, "")
        [fila] = ResumenCorreo.select()
        pausas.append((fila.siguiente - reloj[0]) // 60_000)
        reloj[0] = max(fila.siguiente, reloj[0])
    assert pausas[:-1] == [1, 2, 4, 8, 16, 32, 60] and fila.situacion == "fallido"


@pytest.mark.parametrize("respuesta, situacion, caido", [("550 no existe", "fallido", False), ("451 luego", "pendiente", True)])
@pytest.mark.parametrize("momento", ["al_llegar", "al_destinatario"])
def test_lo_que_conteste_el_servidor_se_respeta(
        momento: str, respuesta: str, situacion: str, caido: bool, con_correo: Casa, oficina: Oficina) -> None:
    Usuario.update(correo=None).where(Usuario.id == con_correo.gabriela.id).execute()
    setattr(oficina, momento, lambda *_: respuesta)
    hecho = mandar(oficina)
    assert (hecho.caido, hecho.fallidos) == (caido, int(not caido)) and oficina.recibidos == []
    assert [fila.situacion for fila in ResumenCorreo.select()] == [situacion]


def test_una_direccion_que_rechazan_no_estorba_a_las_demas(con_correo: Casa, oficina: Oficina) -> None:
    oficina.al_destinatario = lambda quien: "550 no existe" if "gabriela" in quien else None
    assert mandar(oficina) == Hecho(enviados=1, fallidos=1) and a_quienes(oficina) == ["julieta@metepec.example"]


def test_si_se_corta_con_el_mensaje_en_camino_no_se_repite(con_correo: Casa, oficina: Oficina) -> None:
    Usuario.update(correo=None).where(Usuario.id == con_correo.gabriela.id).execute()
    oficina.se_corta = True
    assert mandar(oficina) == Hecho(fallidos=1) and len(oficina.recibidos) == 1
    oficina.se_corta = False
    TareaDiaria.delete().execute()
    mandar(oficina)
    assert len(oficina.recibidos) == 1 and "dudoso" in ResumenCorreo.get().error


# --- la configuración, la orden y el trabajador ---

@pytest.mark.parametrize("url, espera", [
    ("smtp://a%40b.mx:c%3Ad@correo.mx:587?tls=si", ("correo.mx", 587, "si", "a@b.mx", "a@b.mx", "c:d")),
    ("smtps://u:secreta@correo.mx?de=x@y.mx", ("correo.mx", 465, "directo", "x@y.mx", "u", "secreta")),
    ("smtp://correo.mx", ("correo.mx", 25, "no", "ipomex@correo.mx", "", "")),
])
def test_la_direccion_del_servidor_se_lee(url: str, espera: tuple[object, ...]) -> None:
    leido = read_smtp(url)
    assert (leido.anfitrion, leido.puerto, leido.tls, leido.de, leido.usuario, leido.clave) == espera
    assert not leido.clave or leido.clave not in repr(leido)


@pytest.mark.parametrize("url", ["correo.mx", "http://correo.mx", "smtp://", "smtp://a:b@c:puerto", "smtp://c?tls=quiza"])
def test_mal_escrita_se_dice_como_va(url: str) -> None:
    with pytest.raises(SmtpInvalido, match="se escribe así"):
        read_smtp(url)
    with pytest.raises(EntornoInvalido, match="se escribe así"):
        read_entorno({"IPOMEX_ENTORNO": "produccion", "IPOMEX_SMTP": url})


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # tres procesos; lo que preguntan a la base se prueba arriba
def test_la_orden_manda_ya_y_sin_servidor_dice_que_falta(
        con_correo: Casa, base: Base, oficina: Oficina, tmp_path: Path) -> None:
    sin = pedir_la_orden(base, tmp_path)
    salida = sin.communicate(timeout=60)
    assert sin.returncode == 1 and "Falta IPOMEX_SMTP" in salida[1].decode()
    for enviados in ("2 resúmenes enviados.", "0 resúmenes enviados."):
        assert pedir_la_orden(base, tmp_path, oficina.url).communicate(timeout=60)[0].decode().strip() == enviados
    assert len(oficina.recibidos) == 2


def test_el_trabajador_avisa_los_plazos_y_manda_los_resumenes(
        con_correo: Casa, base: Base, oficina: Oficina, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.trabajos.diario.DESDE", 0)
    diario = Diario(entorno_de(base.url, tmp_path, smtp=oficina.url))
    diario.look()
    diario.look()
    assert len(oficina.recibidos) == 2
    assert {fila.tarea for fila in TareaDiaria.select()} == {"plazos", "resumen"}
    julieta = Usuario.get(Usuario.id == con_correo.julieta.id)
    assert make_resumen(julieta) is None, "ya se le dijo todo"


def test_sin_servidor_o_con_el_servidor_caido_el_trabajador_sigue(
        con_correo: Casa, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.trabajos.diario.DESDE", 0)
    Diario(entorno_de(base.url, tmp_path)).look()
    assert not ResumenCorreo.select().exists()
    caido = Diario(entorno_de(base.url, tmp_path, smtp=f"smtp://127.0.0.1:{puerto_libre()}"))
    caido.look()
    assert caido.no_antes > ahora() and ResumenCorreo.select().count() == 1
    caido.look()
    assert ResumenCorreo.get().intentos == 1, "lo deja en paz un rato"


def test_de_madrugada_no_se_manda(con_correo: Casa, base: Base, oficina: Oficina, tmp_path: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.trabajos.diario.DESDE", 24)
    Diario(entorno_de(base.url, tmp_path, smtp=oficina.url)).look()
    assert oficina.recibidos == []

