"""De un libro revisado a registros: lo nuevo, lo que cambia, lo igual, las bajas; y que dos cargas iguales no cambien nada."""

import json
from pathlib import Path

import pytest

from models.actos import Acto, ContenidoAnterior
from models.adjuntos import RegistroArchivo
from models.cargas import CargaRegistro
from models.domain.errores import ActoImposible
from models.domain.workflow.guardado import guardar
from models.folios import a_folio
from models.hojas.cargas import confirm_carga, open_expediente, read_resumen, undo_carga
from models.hojas.cargas.carpeta import carpeta
from tests.bases import Base
from tests.cargador import Renglon, cargar, causas, cuentas, releer, subir
from tests.cuadre import integro
from tests.elenco import Casa, Persona


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


def crudos(casa: Casa, persona: Persona, n: int, **mas: object) -> list[dict[str, object]]:
    """``n`` registros distintos, como los teclearía la persona."""
    return [casa.crudo(persona, denominacion_convenio=f"Convenio {i}", periodo=f"T{1 + i % 4}", **mas) for i in range(n)]


def test_lo_nuevo_queda_igual_que_capturado_a_mano(base: Base, casa: Casa) -> None:
    [crudo] = crudos(casa, casa.julieta, 1)
    carga = cargar(casa.julieta, subir(casa, casa.julieta, crudo))
    assert (carga.situacion, cuentas(carga)) == ("cargada", {"nuevos": 1})
    de_libro = casa.tabla().trabajo.get()
    guardar(casa.julieta.actor, casa.tabla(), crudo)
    a_mano = casa.tabla().trabajo.get(casa.tabla().trabajo.id != de_libro.id)
    tiempos = {"id", "creado_en", "cambiado_en", "contenido_en", "puesto_al_dia"}
    assert {k: v for k, v in de_libro.__data__.items() if k not in tiempos} == {
        k: v for k, v in a_mano.__data__.items() if k not in tiempos}
    archivos = [uno.registro_id for uno in RegistroArchivo.select()]
    assert archivos.count(de_libro.id) == archivos.count(a_mano.id) > 0
    acto = Acto.get(Acto.registro_id == de_libro.id)
    assert (acto.acto, acto.estado, acto.version, acto.motivo) == (
        "capturar", "capturado", 1, "Con el libro «convenios.xlsx».")
    integro(base)


def test_el_mismo_libro_dos_veces_no_cambia_nada(base: Base, casa: Casa) -> None:
    renglones = crudos(casa, casa.julieta, 6)
    cargar(casa.julieta, subir(casa, casa.julieta, *renglones))
    otra = subir(casa, casa.julieta, *renglones)
    assert cuentas(otra) == {"iguales": 6}
    assert all(causa and causa.startswith("Ya está: es igual al registro") for _, causa in causas(otra))
    with pytest.raises(ActoImposible, match="No hay nada que cargar"):
        confirm_carga(casa.julieta.actor, otra, solo_buenos=True)
    assert casa.tabla().trabajo.select().count() == 6
    integro(base)


def test_lo_capturado_a_mano_ya_esta(base: Base, casa: Casa) -> None:
    uno, dos = crudos(casa, casa.julieta, 2)
    guardar(casa.julieta.actor, casa.tabla(), uno)
    carga = cargar(casa.julieta, subir(casa, casa.julieta, uno, dos, dos))
    assert cuentas(carga) == {"nuevos": 1, "iguales": 2}
    assert causas(carga)[2] == ("igual", "Repite el renglón 4 de este libro.")
    assert casa.tabla().trabajo.select().count() == 2
    integro(base)


def test_no_se_pide_justificar_los_datos_personales_de_lo_que_ya_esta(base: Base, casa: Casa) -> None:
    uno, otro = crudos(casa, casa.julieta, 2, nota="La cuenta es 002010077777777771.")
    guardar(casa.julieta.actor, casa.tabla(), uno)
    carga = subir(casa, casa.julieta, uno, otro)
    assert cuentas(carga) == {"iguales": 1, "nuevos": 1}
    with open_expediente(carga) as expediente:
        assert [hallazgo["fila"] for hallazgo in expediente.list_de("hallazgo")] == [4]
    assert read_resumen(carga)["hallazgos"] == 1


def test_un_registro_de_antes_sin_cifra_tambien_se_reconoce(base: Base, casa: Casa) -> None:
    [crudo] = crudos(casa, casa.julieta, 1)
    guardar(casa.julieta.actor, casa.tabla(), crudo)
    casa.tabla().trabajo.update(huella=None).execute()
    assert cuentas(subir(casa, casa.julieta, crudo)) == {"iguales": 1}


def test_solo_los_buenos_y_luego_el_libro_entero_corregido(base: Base, casa: Casa) -> None:
    bueno, otro = crudos(casa, casa.julieta, 2)
    carga = subir(casa, casa.julieta, bueno, otro | {"fecha_firma": "31/06/2026"})
    assert cuentas(carga) == {"nuevos": 1, "malos": 1}
    with pytest.raises(ActoImposible, match="1 renglón tiene algo por corregir"):
        confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
    cargar(casa.julieta, carga, solo_buenos=True)
    corregida = subir(casa, casa.julieta, bueno, otro)
    assert cuentas(corregida) == {"nuevos": 1, "iguales": 1}
    cargar(casa.julieta, corregida)
    assert casa.tabla().trabajo.select().count() == 2
    integro(base)


def test_lo_cargado_y_luego_corregido_a_mano_no_vuelve_a_entrar(base: Base, casa: Casa) -> None:
    [crudo] = crudos(casa, casa.julieta, 1)
    cargar(casa.julieta, subir(casa, casa.julieta, crudo))
    registro = casa.tabla().trabajo.get().id
    casa.editar(casa.julieta, registro, denominacion_convenio="Corregido a mano")
    otra = subir(casa, casa.julieta, crudo)
    assert cuentas(otra) == {"iguales": 1} and "desde entonces se corrigió" in (causas(otra)[0][1] or "")
    casa.hacer(casa.julieta, "borrar", registro)
    assert cuentas(subir(casa, casa.julieta, crudo)) == {"nuevos": 1}, "lo que está en la papelera no estorba"


def test_lo_que_cambia_se_edita_con_su_historia(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, denominacion_convenio="Viejo", periodo="T1")
    casa.hacer(casa.laura, "publicar", registro)
    antes = casa.fila(registro)
    crudo = casa.crudo(casa.julieta, denominacion_convenio="Nuevo", periodo="T2")
    carga = cargar(casa.julieta, subir(casa, casa.julieta, Renglon(crudo, registro, antes.version)))
    assert (carga.situacion, cuentas(carga)) == ("cargada", {"cambian": 1})
    fila = casa.fila(registro)
    assert (fila.version, fila.estado, fila.periodo, fila.publica) == (antes.version + 1, "capturado", "T2", 1)
    acto = Acto.get(Acto.registro_id == registro, Acto.version == fila.version)
    assert acto.acto == "editar" and acto.estado_antes == "publicado"
    assert json.loads(acto.cambios) == {"denominacion_convenio": ["Viejo", "Nuevo"], "periodo": ["T1", "T2"]}
    assert ContenidoAnterior.get(ContenidoAnterior.version == antes.version).contenido == antes.contenido
    assert casa.publica(registro).contenido == antes.contenido
    integro(base)
    otra = subir(casa, casa.julieta, Renglon(crudo, registro, antes.version))
    assert cuentas(otra) == {"iguales": 1}, "la versión ya se movió, pero dice lo mismo"


def test_las_bajas_se_piden_y_se_avisan(base: Base, casa: Casa) -> None:
    uno, dos = (casa.capturar(casa.julieta, denominacion_convenio=f"Convenio {i}") for i in range(2))
    baja = Renglon(casa.crudo(casa.julieta), uno, 1, baja="Está repetido.")
    carga = cargar(casa.julieta, subir(casa, casa.julieta, baja))
    assert cuentas(carga) == {"bajas": 1}
    fila = casa.fila(uno)
    assert (fila.baja_motivo, fila.baja_por, fila.version) == ("Está repetido.", casa.julieta.id, 2)
    assert casa.fila(dos).baja_motivo is None
    assert cuentas(subir(casa, casa.julieta, baja)) == {"iguales": 1}
    integro(base)


# --- conflictos ---

def test_quien_edito_despues_de_que_se_hizo_el_libro_gana(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.editar(casa.julieta, registro, denominacion_convenio="De otra persona")
    carga = subir(casa, casa.julieta, Renglon(casa.crudo(casa.julieta, denominacion_convenio="Del libro"), registro, 1))
    [(accion, causa)] = causas(carga)
    assert accion == "malo" and causa is not None and causa.startswith("El registro cambió después")


def test_si_algo_se_mueve_entre_revisar_y_cargar_no_se_carga_nada(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    [nuevo] = crudos(casa, casa.julieta, 1)
    cambio = Renglon(casa.crudo(casa.julieta, denominacion_convenio="Del libro"), registro, 1)
    carga = subir(casa, casa.julieta, cambio, nuevo)
    casa.editar(casa.julieta, registro, denominacion_convenio="De otra persona")
    carga = cargar(casa.julieta, carga)
    assert carga.situacion == "recibida" and "alguien cambió registros" in carga.mensaje
    assert casa.tabla().trabajo.select().count() == 1 and not CargaRegistro.select().exists()
    integro(base)


def test_si_entretanto_alguien_capturo_lo_mismo_no_se_repite(base: Base, casa: Casa) -> None:
    [crudo] = crudos(casa, casa.julieta, 1)
    carga = subir(casa, casa.julieta, crudo)
    guardar(casa.julieta.actor, casa.tabla(), crudo)
    assert cargar(casa.julieta, carga).situacion == "recibida"
    assert casa.tabla().trabajo.select().count() == 1


def test_confirmar_y_cargar_dos_veces_es_una(base: Base, casa: Casa) -> None:
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *crudos(casa, casa.julieta, 3)))
    confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
    assert cargar(casa.julieta, carga).situacion == "cargada"
    assert casa.tabla().trabajo.select().count() == 3
    integro(base)


def test_un_folio_repetido_en_el_libro_se_dice(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    renglones = [Renglon(casa.crudo(casa.julieta, denominacion_convenio=f"Cambio {i}"), registro, 1) for i in range(2)]
    carga = subir(casa, casa.julieta, *renglones)
    assert [accion for accion, _ in causas(carga)] == ["cambia", "malo"]


# --- deshacer ---

def test_deshacer_regresa_todo_a_como_estaba(base: Base, casa: Casa) -> None:
    publicado, rojo, de_baja = (casa.capturar(casa.julieta, denominacion_convenio=f"Viejo {i}", periodo="T1") for i in range(3))
    casa.hacer(casa.laura, "publicar", publicado)
    antes = {i: casa.fila(i).__data__ for i in (publicado, rojo, de_baja)}
    cambios = [Renglon(casa.crudo(casa.julieta, denominacion_convenio=f"Nuevo {i}", periodo="T3", monto_recursos="99.50",
                                  convenio=None, modificaciones=None), i, antes[i]["version"]) for i in (publicado, rojo)]
    baja = Renglon(casa.crudo(casa.julieta), de_baja, 1, baja="Sobra de aquí.")
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *cambios, baja, *crudos(casa, casa.julieta, 4)))
    assert carga.situacion == "cargada"
    archivos = sorted(RegistroArchivo.select(RegistroArchivo.registro_id, RegistroArchivo.archivo_id).tuples())
    hecho = undo_carga(casa.julieta.actor, carga)
    assert (hecho.nuevos, hecho.cambiados, hecho.bajas) == (4, 2, 1) and releer(carga).situacion == "deshecha"
    for registro, fila in antes.items():
        ahora_es = casa.fila(registro).__data__
        movidas = {"version", "cambiado_en"}
        assert {k: v for k, v in ahora_es.items() if k not in movidas} == {k: v for k, v in fila.items() if k not in movidas}
        assert ahora_es["version"] == fila["version"] + 2
    assert {fila.estado for fila in casa.tabla().trabajo.select() if fila.id not in antes} == {"borrado"}
    assert len(archivos) < RegistroArchivo.select().count(), "los cambiados recobran su archivo"
    integro(base)
    with pytest.raises(ActoImposible, match="no está cargada"):
        undo_carga(casa.julieta.actor, carga)


def test_lo_que_otra_persona_ya_toco_impide_deshacer_y_se_dice_cual(base: Base, casa: Casa) -> None:
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *crudos(casa, casa.julieta, 3)))
    tocado = casa.tabla().trabajo.select().order_by(casa.tabla().trabajo.id).first()
    casa.hacer(casa.ernesto, "revisar", tocado.id)
    with pytest.raises(ActoImposible, match=f"1 registro de esta carga .* {a_folio(tocado.id)}"):
        undo_carga(casa.julieta.actor, carga)
    assert releer(carga).situacion == "cargada"
    assert {fila.estado for fila in casa.tabla().trabajo.select()} == {"capturado", "revisado"}
    integro(base)


def test_deshecha_se_puede_volver_a_cargar(base: Base, casa: Casa) -> None:
    renglones = crudos(casa, casa.julieta, 2)
    undo_carga(casa.julieta.actor, cargar(casa.julieta, subir(casa, casa.julieta, *renglones)))
    assert cargar(casa.julieta, subir(casa, casa.julieta, *renglones)).situacion == "cargada"
    integro(base)
