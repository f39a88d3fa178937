"""Lo público: qué cambia al publicar, corregir, retirar y descartar; y qué no cambia hasta que alguien aprueba."""

from models.actos import PubVersion
from models.adjuntos import PubArchivo
from models.base import db
from models.busqueda.consulta import parse
from models.busqueda.motores import indice_de
from models.domain.masters import save_maestro
from models.domain.validation import de_canonico
from models.domain.workflow import aplicar
from models.folios import de_folio
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa

MOTIVO = "Se publicó por duplicado."


def hallados(texto: str) -> list[int]:
    """Los ids que da el buscador ciudadano."""
    consulta = parse(texto)
    assert consulta is not None
    return [registro for _, registro in indice_de(db.obj).buscar(consulta)]


def renombrar(casa: Casa, nombre: str) -> None:
    """Obras, de Metepec, cambia de nombre."""
    save_maestro(casa.metepec.id, "area", {"nombre": nombre, "orden": 1}, de_folio(casa.metepec.obras))


def test_corregir_lo_publicado_no_toca_lo_publico_hasta_que_se_aprueba(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo="Plantar encinos")
    casa.hacer(casa.laura, "publicar", registro)
    antes = casa.publica(registro).__data__
    casa.editar(casa.julieta, registro, objetivo="Plantar ahuejotes")
    assert (casa.fila(registro).estado, casa.fila(registro).publica) == ("capturado", 1)
    assert casa.publica(registro).__data__ == antes
    assert (hallados("encinos"), hallados("ahuejotes")) == ([registro], [])
    casa.hacer(casa.laura, "publicar", registro)
    assert de_canonico(casa.publica(registro).contenido)[0]["objetivo"] == "Plantar ahuejotes"
    assert (hallados("encinos"), hallados("ahuejotes")) == ([], [registro])
    integro(base)


def test_cada_version_publica_dice_desde_y_hasta_cuando_lo_fue(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, objetivo="Otro")
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo=MOTIVO)
    primera, segunda = PubVersion.select().order_by(PubVersion.numero)
    assert primera.desde < primera.hasta == segunda.desde < segunda.hasta
    assert (primera.retiro, segunda.retiro) == (None, MOTIVO)
    assert segunda.actualizado_en <= segunda.validado_en == segunda.desde


def test_publicar_otra_vez_conserva_desde_cuando_es_publico(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    desde = casa.publica(registro).desde
    casa.editar(casa.julieta, registro, objetivo="Otro")
    casa.hacer(casa.laura, "publicar", registro)
    assert (casa.publica(registro).desde, casa.publica(registro).numero) == (desde, 2)


def test_retirar_quita_en_el_acto_la_copia_el_indice_y_los_archivos_y_deja_la_lapida(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo="Plantar encinos")
    casa.hacer(casa.laura, "publicar", registro)
    assert PubArchivo.select().count() == 1 and hallados("encinos") == [registro]
    casa.hacer(casa.laura, "retirar", registro, motivo=MOTIVO)
    assert (casa.publica(registro), PubArchivo.select().count(), hallados("encinos")) == (None, 0, [])
    assert (casa.fila(registro).estado, casa.fila(registro).motivo) == ("retirado", MOTIVO)
    assert PubVersion.get().retiro == MOTIVO
    integro(base)


def test_lo_retirado_se_restaura_en_rojo_y_vuelve_a_publicarse_con_otro_numero(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    for acto in ("publicar", "retirar", "restaurar"):
        casa.hacer(casa.laura, acto, registro, motivo=MOTIVO)
    assert (casa.fila(registro).estado, casa.publica(registro)) == ("capturado", None)
    [fuera] = casa.hacer(casa.laura, "borrar", registro).fuera
    assert fuera.razon == "Ya fue público: no se borra, se retira."
    casa.hacer(casa.laura, "publicar", registro)
    assert casa.publica(registro).numero == 2
    integro(base)


def test_descartar_regresa_a_lo_que_ve_la_ciudadania_tambien_su_periodo(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, periodo="T3")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, periodo="T1", ejercicio="2025", objetivo="Otro", convenio=None)
    casa.hacer(casa.julieta, "descartar", registro)
    fila = casa.fila(registro)
    assert (fila.estado, fila.ejercicio, fila.periodo) == ("publicado", 2026, "T3")
    integro(base)


def test_mover_de_periodo_lo_publicado_mueve_los_contadores_publicos_al_aprobar(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, periodo="T3")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, periodo="T4")
    integro(base)
    casa.hacer(casa.laura, "publicar", registro)
    assert casa.publica(registro).periodo == "T4"
    integro(base)


def test_un_acto_que_no_cabe_no_toca_la_fila_aunque_el_area_haya_cambiado_de_nombre(base: Base, casa: Casa) -> None:
    publicado, retirado, visto = (casa.capturar(casa.julieta) for _ in range(3))
    casa.hacer(casa.laura, "publicar", publicado, retirado)
    casa.hacer(casa.laura, "retirar", retirado, motivo=MOTIVO)
    renombrar(casa, "Dirección de Infraestructura")
    antes = [casa.fila(registro).__data__ for registro in (publicado, retirado, visto)]
    casa.hacer(casa.laura, "publicar", publicado, retirado)
    aplicar(casa.laura.actor, "publicar", casa.tabla(), [(visto, 99)])
    assert [casa.fila(registro).__data__ for registro in (publicado, retirado, visto)] == antes
    integro(base)


def test_descartar_regresa_a_lo_publico_tal_cual_aunque_el_area_haya_cambiado_de_nombre(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, objetivo="Otro")
    renombrar(casa, "Dirección de Infraestructura")
    casa.hacer(casa.julieta, "descartar", registro)
    assert casa.fila(registro).contenido == casa.publica(registro).contenido
    integro(base)
    for acto in ("retirar", "restaurar", "publicar"):
        casa.hacer(casa.laura, acto, registro, motivo=MOTIVO)
    publico, _ = de_canonico(casa.publica(registro).contenido)
    assert publico["area_responsable"]["texto"] == "Dirección de Infraestructura"
    integro(base)
