"""La demostración: todos los estados en todos los formatos, y todo cuadra como si lo hubieran capturado personas."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fracciones_config import Formato, TipoCampo, load_catalogo
from models.actos import Acto
from models.actos_publicos import PubActo
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import sniff
from models.base import db
from models.demostracion import create_demostracion
from models.demostracion.calendario import DIAS_ATRAS, spread
from models.demostracion.caso import Caso
from models.demostracion.generador import INVENTORES
from models.demostracion.guion import ESTELAR, destinos
from models.demostracion.libreto import fichas, read
from models.demostracion.papeles import CLASES, clase_de
from models.demostracion.pdf import make_pdf
from models.domain.aplicabilidad import formatos_de
from models.domain.catalogo_vigente import vigente
from models.domain.cumplimiento import Situacion, del_ultimo_anio, read_cumplimiento
from models.domain.entrada import autenticar
from models.domain.estados import Estado
from models.domain.periods import periodo
from models.domain.personales import from_columna
from models.domain.prorrogas import en_vigor
from models.formatos import Tabla
from models.maestros import Area, Persona
from models.mensajes import Entrada, Observacion
from models.motores import abrir
from models.reloj import dia_de, hoy
from models.servicio.arranque import prepare_base
from models.servicio.marca import CONTRASENA_DEMO as CONTRASENA
from models.servicio.marca import Marca
from models.sujetos import PubNoAplica, PubSujeto, SujetoObligado
from models.usuarios import Usuario
from models.verificacion import verify
from models.volcado.taller import Taller
from tests.bases import CATALOGO, ensenar, soltar
from tests.cliente import entorno_de
from tests.volcado_prep import abrir as desempacar
from tests.volcado_prep import hacer, validar

ELEGIDAS = {"toluca": (), "legislatura": (14,), "finanzas": (13,), "codhem": ()}
"""Entre las cuatro, con esos artículos, están todos los formatos activos; las diez enteras tardarían seis veces más."""


@pytest.fixture(scope="module")
def almacen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlmacenEnDisco]:
    """La demostración montada, una vez para todas estas pruebas: solo la leen."""
    carpeta = tmp_path_factory.mktemp("demo")
    entorno = entorno_de(f"sqlite:///{carpeta / 'demo.db'}", carpeta)
    db.initialize(abrir(entorno.base_datos))
    ensenar(None)
    db.connect()
    prepare_base(entorno)
    propio = AlmacenEnDisco(carpeta / "archivos")
    create_demostracion(propio, lambda _: None, ELEGIDAS)
    yield propio
    soltar()
    ensenar(None)


@pytest.fixture(scope="module")
def catalogo() -> dict[str, Formato]:
    return load_catalogo(CATALOGO).por_clave


def combinaciones() -> Iterator[tuple[SujetoObligado, Tabla, list[Any]]]:
    """Cada institución con cada formato que le aplica, y sus registros."""
    no_aplica = {(fila.sujeto_id, fila.clave) for fila in PubNoAplica.select()}
    for sujeto in SujetoObligado.select():
        for formato in formatos_de(sujeto.id, vigente.foto.catalogo):
            articulos = ELEGIDAS[sujeto.siglas]
            if (sujeto.id, formato.clave) not in no_aplica and (not articulos or formato.articulo in articulos):
                tabla = vigente.foto.tablas[formato.clave]
                modelo: Any = tabla.trabajo
                yield sujeto, tabla, list(modelo.select().where(modelo.sujeto_id == sujeto.id))


def test_todo_formato_que_aplica_tiene_registros_en_todos_los_estados(almacen: AlmacenEnDisco) -> None:
    vistos = set()
    for sujeto, tabla, filas in combinaciones():
        vistos.add(tabla.clave)
        lugar = f"{sujeto.siglas}/{tabla.clave}"
        assert {fila.estado for fila in filas} == set(Estado), lugar
        assert any(fila.publica and fila.estado == Estado.CAPTURADO for fila in filas), f"{lugar}: con cambios"
        assert any(fila.faltan for fila in filas), f"{lugar}: incompleto"
        assert any(fila.baja_motivo for fila in filas), f"{lugar}: baja solicitada"
        assert all(fila.motivo for fila in filas if fila.estado in (Estado.DEVUELTO, Estado.RETIRADO)), lugar
    assert vistos == {formato.clave for formato in vigente.foto.catalogo.activos}


def test_todo_cuadra(almacen: AlmacenEnDisco) -> None:
    pruebas = list(verify(vigente.foto, almacen))
    assert len(pruebas) > 5
    assert [hallazgo for _, hallazgos in pruebas for hallazgo in hallazgos] == []


def test_hay_un_ejemplo_de_datos_personales_y_ninguna_falsa_alarma(almacen: AlmacenEnDisco) -> None:
    traen = [(sujeto.siglas, tabla.clave, fila) for sujeto, tabla, filas in combinaciones()
             for fila in filas if fila.personales]
    assert [(siglas, clave, bool(fila.personales_motivo)) for siglas, clave, fila in traen] == [
        ("toluca", "convenios", False), ("toluca", "convenios", True)]
    assert {uno.clase for *_, fila in traen for uno in from_columna(fila.personales)} == {"correo", "telefono"}
    assert [acto.motivo for acto in Acto.select().where(Acto.acto == "justificar")] == [traen[1][2].personales_motivo]


def test_no_se_monta_dos_veces(almacen: AlmacenEnDisco) -> None:
    assert create_demostracion(almacen, lambda _: None) is None
    assert SujetoObligado.select().count() == len(ELEGIDAS)


def test_las_cuentas_entran_y_estan_marcadas(almacen: AlmacenEnDisco) -> None:
    cuentas = {cuenta.usuario for cuenta in Usuario.select()}
    assert cuentas == {"garante"} | {
        f"{perfil}.{siglas}" for perfil in ("unidad", "admin1", "admin2", "capt1", "capt2") for siglas in ELEGIDAS}
    for cuenta in ("garante", "unidad.toluca", "capt2.codhem"):
        usuario = autenticar(cuenta, CONTRASENA, "127.0.0.1")
        assert usuario.de_demostracion and not usuario.debe_cambiar and usuario.contrasena_vence is None


def test_lo_que_no_aplica_se_dice_y_no_tiene_registros(almacen: AlmacenEnDisco) -> None:
    assert PubNoAplica.select().count() > 1
    for fila in PubNoAplica.select():
        modelo: Any = vigente.foto.tablas[fila.clave].trabajo
        assert not modelo.select().where(modelo.sujeto_id == fila.sujeto_id).exists()


def test_cada_institucion_tiene_organigrama_directorio_y_sus_datos(almacen: AlmacenEnDisco) -> None:
    assert PubSujeto.select().count() == len(ELEGIDAS)
    for sujeto in SujetoObligado.select():
        assert Area.select().where(Area.sujeto_id == sujeto.id).count() >= 8
        assert Persona.select().where(Persona.sujeto_id == sujeto.id).count() >= 12
        for clave, maestro in (("organigrama", Area), ("directorio", Persona)) if not ELEGIDAS[sujeto.siglas] else ():
            modelo: Any = vigente.foto.tablas[clave].trabajo
            ids = {fila.id for fila in modelo.select().where(modelo.sujeto_id == sujeto.id)}
            assert ids == {fila.id for fila in maestro.select().where(maestro.sujeto_id == sujeto.id)}


def test_ningun_registro_menciona_a_otra_institucion(almacen: AlmacenEnDisco) -> None:
    """Los ejemplos del catálogo son de Metepec, que no está entre las elegidas."""
    ajenos = [f"{sujeto.siglas}/{tabla.clave}: {hallado[0]}" for sujeto, tabla, filas in combinaciones()
              for fila in filas if (hallado := re.search(".{0,40}(?i:metepec).{0,40}", fila.contenido))]
    assert ajenos == []


def test_la_estelar_tiene_listas_de_varias_paginas(catalogo: dict[str, Formato]) -> None:
    [estelar] = [ficha for ficha in fichas() if ficha.siglas == ESTELAR]
    assert destinos(estelar, catalogo["licitaciones"]).count("publicado") >= 60
    assert destinos(estelar, catalogo["padrones"]).count("publicado") >= 150


def test_hay_instituciones_de_todos_los_poderes(catalogo: dict[str, Formato]) -> None:
    poderes = {poder for formato in catalogo.values() for poder in formato.aplica_a} - {"todos"}
    assert poderes <= {ficha.poder for ficha in fichas()}
    assert len(fichas()) >= 10


def test_los_periodos_de_lo_que_se_lee_van_en_orden_y_cubren_lo_que_se_debe(catalogo: dict[str, Formato]) -> None:
    rumbos = ["publicado"] * 15 + ["retirado", "con_cambios", "devuelto"]
    for formato in catalogo.values():
        lugares = spread(formato, rumbos, hoy())
        assert len(lugares) == len(rumbos) and all(lugar.inicio <= hoy() for lugar in lugares)
        leidos = [lugar for lugar, rumbo in zip(lugares, rumbos, strict=True) if rumbo in ("publicado", "con_cambios")]
        assert leidos == sorted(leidos, key=lambda lugar: lugar.inicio)
        assert {lugar.inicio for lugar in del_ultimo_anio(formato, hoy()) if lugar.fin < hoy()} <= {
            lugar.inicio for lugar in leidos} or formato.es_vigente


def test_casi_todo_esta_al_corriente_y_algo_vencido(almacen: AlmacenEnDisco) -> None:
    """Como una institución de verdad; y no todo se publicó el mismo día."""
    for siglas in ("toluca", "codhem"):
        sujeto = SujetoObligado.get(SujetoObligado.siglas == siglas)
        suyos = formatos_de(sujeto.id, vigente.foto.catalogo)
        vencidos = {uno.formato.clave for uno in read_cumplimiento(sujeto.id, suyos, hoy())
                    if uno.situacion is Situacion.VENCIDO}
        assert 1 <= len(vencidos) <= len(suyos) / 4, (siglas, sorted(vencidos))
        dias = {dia_de(acto.instante) for acto in PubActo.select().where(PubActo.sujeto_id == sujeto.id)}
        assert len(dias) > len(DIAS_ATRAS) / 2


def test_cada_tipo_se_sabe_inventar() -> None:
    assert INVENTORES.keys() == set(TipoCampo)


def test_los_titulos_y_lo_que_no_aplica_son_del_catalogo(catalogo: dict[str, Formato]) -> None:
    titulos = {(clave, campo) for clave, filas in read("titulos").items() for fila in filas for campo in fila}
    assert len(titulos) > 40
    assert {(c, campo) for c, campo in titulos if c not in catalogo or campo not in catalogo[c].por_nombre} == set()
    assert {clave for claves in read("no_aplica").values() for clave in claves} <= catalogo.keys()


@pytest.mark.parametrize(("ejemplo", "acomodado"), [
    ("LP-014-2026", "LP-007-2025"), ("MET/ADQ/031/2026", "COD/ADQ/007/2025"), ("Boletín 118/2026", "Boletín 007/2025"),
    ("Ayuntamiento de Metepec", "Comisión de Derechos Humanos del Estado de México"), ("05/02/1917", "05/02/1917"),
    ("30/05/2026", "30/05/2025"), ("00231/METEPEC/IP/2026", "00007/CODHEM/IP/2025"), ("$1,250.00", "$1,250.00"),
    ("https://metepec.ejemplo.mx/becas-2026", "https://codhem.ejemplo.mx/becas-2025"), ("052148", "052148"),
])
def test_un_ejemplo_se_acomoda_a_la_institucion_al_anio_y_al_numero(ejemplo: str, acomodado: str) -> None:
    [codhem] = [ficha for ficha in fichas() if ficha.siglas == "codhem"]
    sede: Any = type("Sede", (), {"ficha": codhem})
    assert Caso(sede, "x", 7, periodo(2025, "T1")).adapt(ejemplo) == acomodado


def test_un_pdf_hecho_a_mano_es_un_pdf(tmp_path: Path) -> None:
    contenido = make_pdf("Contrato (anexo) \\ de obra pública", ["Renglón con ñ"], paginas=3)
    assert sniff(contenido) == "pdf"
    inicio = int(contenido.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert contenido[inicio:].startswith(b"xref\n0 11\n")
    posiciones = [int(renglon[:10]) for renglon in contenido[inicio:].split(b"\n")[3:13]]
    for numero, posicion in enumerate(posiciones, start=1):
        assert contenido[posicion:].startswith(f"{numero} 0 obj\n".encode())
    assert b"Contrato \\(anexo\\) \\\\ de obra p\xfablica" in contenido


def test_cada_campo_de_archivo_tiene_su_clase_de_papel(catalogo: dict[str, Formato]) -> None:
    nombres = [campo.nombre for formato in catalogo.values() for campo in formato.campos
               if campo.tipo is TipoCampo.ARCHIVO]
    assert {clase_de(nombre) for nombre in nombres} <= CLASES.keys()
    assert clase_de("acta_junta_aclaraciones") == "acta"
    assert clase_de("otra_cosa") == "documento"


def test_hay_mensajes_una_observacion_abierta_y_avisos_sin_leer(almacen: AlmacenEnDisco) -> None:
    for sujeto in SujetoObligado.select():
        suyas = Entrada.select().where(Entrada.sujeto_id == sujeto.id)
        assert {e.tipo for e in suyas.where(Entrada.sin_leer)} == {"mensaje", "observacion", "aviso"}
        assert suyas.where(Entrada.tipo == "aviso", ~Entrada.sin_leer).exists(), "no todo está por leer"
    assert {o.situacion for o in Observacion.select()} == {"abierta"}


def test_los_municipios_tienen_una_prorroga_que_se_ve(almacen: AlmacenEnDisco) -> None:
    [dada] = en_vigor()
    assert dada.destinatario == "clase:municipal"
    toluca = SujetoObligado.get(SujetoObligado.siglas == "toluca")
    formato = vigente.foto.catalogo.por_clave[dada.clave]
    assert [uno.prorroga for uno in read_cumplimiento(toluca.id, [formato], hoy())].count(True) == 1


def test_su_volcado_es_un_paquete_de_datos_valido(almacen: AlmacenEnDisco, tmp_path: Path) -> None:
    """Todos los formatos activos, con sus tablas: el validador de la norma los lee enteros y comprueba cada huella."""
    carpeta = almacen.carpeta.parent
    taller = Taller(entorno_de(f"sqlite:///{carpeta / 'demo.db'}", carpeta), Marca(es_demo=True))
    volcado = hacer(taller)
    informe = validar(desempacar(volcado, tmp_path))
    assert informe.valid, informe.flatten(["name", "fieldName", "type", "note"])[:20]
    nombres = {tarea.name for tarea in informe.tasks}
    assert nombres >= {formato.clave for formato in vigente.foto.catalogo.activos} and taller.registros > 300
