"""Guardar y aprobar un registro: lo que se exige, lo que choca, la papelera, las bajas y quien aprueba lo suyo."""

import pytest

from models.actos import Acto
from models.adjuntos import Archivo
from models.domain.errores import ActoImposible, Conflicto, DatosInvalidos, NoExiste, NoPermitido
from models.domain.validation import de_canonico
from models.domain.workflow import guardar
from models.folios import a_folio, nuevo_id
from models.sujetos import SujetoObligado
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa

MOTIVO = "Falta la firma de la contraparte."


def ultimo_acto(registro: int) -> Acto:
    return Acto.select().where(Acto.registro_id == registro).order_by(Acto.version.desc()).first()


# --- lo que se exige ---

@pytest.mark.parametrize("acto", ["responder", "devolver", "retirar", "solicitar_baja", "rechazar_baja"])
@pytest.mark.parametrize("motivo", ["", "   ", "ya"])
def test_sin_motivo_no_se_hace(acto: str, motivo: str, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    with pytest.raises(ActoImposible, match="Escriba el motivo"):
        casa.hacer(casa.laura, acto, registro, motivo=motivo)
    assert casa.fila(registro).version == 1


def test_un_acto_que_no_existe_no_se_hace(casa: Casa) -> None:
    for acto in ("aprobar", "editar", ""):
        with pytest.raises(ActoImposible, match="no existe"):
            casa.hacer(casa.laura, acto, casa.capturar(casa.julieta))


def test_lo_incompleto_se_guarda_y_no_se_revisa_ni_se_publica(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo=None, convenio=None)
    assert casa.fila(registro).faltan == 2
    for acto in ("revisar", "publicar"):
        [fuera] = casa.hacer(casa.laura, acto, registro).fuera
        assert fuera.razon == "Faltan 2 datos obligatorios."
    assert casa.publica(registro) is None
    integro(base)


def test_se_guarda_aunque_falten_el_ejercicio_y_el_periodo(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, ejercicio=None, periodo=None)
    assert (casa.fila(registro).ejercicio, casa.fila(registro).periodo) == (0, "")
    casa.editar(casa.julieta, registro)
    assert (casa.fila(registro).ejercicio, casa.fila(registro).periodo) == (2026, "T4")
    integro(base)


def test_un_vacio_con_razon_completa_el_registro(casa: Casa) -> None:
    crudo = casa.crudo(casa.julieta, convenio=None)
    vacios = {"convenio": {"causa": "reservado", "motivo": "Clasificado por el Comité, acta 4."}}
    registro = guardar(casa.julieta.actor, casa.tabla(), crudo, vacios).id
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    assert de_canonico(casa.publica(registro).contenido)[1] == vacios


def test_lo_mal_escrito_no_se_guarda(base: Base, casa: Casa) -> None:
    with pytest.raises(DatosInvalidos) as error:
        casa.capturar(casa.julieta, fecha_firma="31/06/2026", monto_recursos="cuatro millones")
    assert {p.campo for p in error.value.validacion.problemas} == {"fecha_firma", "monto_recursos"}
    assert casa.tabla().trabajo.select().count() == 0


def test_el_garante_no_captura_ni_hace_actos(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    with pytest.raises(NoPermitido):
        guardar(casa.gabriela.actor, casa.tabla(), casa.crudo(casa.julieta))
    with pytest.raises(NoPermitido):
        casa.hacer(casa.gabriela, "publicar", registro)


def test_lo_de_la_otra_institucion_no_existe(base: Base, casa: Casa) -> None:
    ajeno = casa.capturar(casa.ines)
    with pytest.raises(NoExiste):
        casa.editar(casa.laura, ajeno)
    [fuera] = casa.hacer(casa.laura, "publicar", ajeno).fuera
    assert fuera.razon == "No existe o no está a su cargo."
    with pytest.raises(DatosInvalidos):
        casa.capturar(casa.julieta, area_responsable=casa.toluca.obras)
    assert casa.fila(ajeno).version == 1
    integro(base)


# --- guardar encima ---

def test_dos_editores_el_segundo_recibe_el_conflicto_con_la_fila(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.editar(casa.julieta, registro, version=1, objetivo="Lo de Julieta")
    with pytest.raises(Conflicto) as conflicto:
        casa.editar(casa.ernesto, registro, version=1, objetivo="Lo de Ernesto")
    assert de_canonico(conflicto.value.actual.contenido)[0]["objetivo"] == "Lo de Julieta"
    assert casa.fila(registro).version == 2


def test_guardar_sin_cambiar_nada_no_hace_una_version(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "revisar", registro)
    assert casa.editar(casa.julieta, registro).sin_cambios
    assert (casa.fila(registro).version, casa.fila(registro).estado) == (2, "revisado")


def test_el_mismo_envio_dos_veces_es_un_registro(base: Base, casa: Casa) -> None:
    primero = guardar(casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta), envio="e1")
    segundo = guardar(casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta), envio="e1")
    assert (segundo.id, primero.nuevo, segundo.nuevo) == (primero.id, True, False)
    assert casa.tabla().trabajo.select().count() == 1
    integro(base)


def test_el_mismo_envio_con_otra_cosa_es_corregirlo_y_no_se_pierde(base: Base, casa: Casa) -> None:
    """Guardó, volvió atrás en el navegador, corrigió y guardó de nuevo."""
    julieta, tabla, crudo = casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta)
    primero = guardar(julieta, tabla, crudo, envio="e1")
    segundo = guardar(julieta, tabla, crudo | {"objetivo": "Lo corregido"}, envio="e1")
    assert (segundo.id, segundo.version) == (primero.id, 2)
    assert de_canonico(casa.fila(primero.id).contenido)[0]["objetivo"] == "Lo corregido"
    with pytest.raises(Conflicto):
        guardar(julieta, tabla, crudo | {"objetivo": "Otra vez"}, envio="e1")
    assert tabla.trabajo.select().count() == 1
    integro(base)


def test_el_mismo_envio_con_el_mismo_archivo_subido_otra_vez_no_hace_otra_version(casa: Casa) -> None:
    julieta, tabla, crudo = casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta)
    primero = guardar(julieta, tabla, crudo, envio="e1")
    archivo = Archivo.get(Archivo.sujeto_id == casa.metepec.id, Archivo.tipo == "pdf")
    otra_vez = nuevo_id()
    Archivo.insert({**archivo.__data__, "id": otra_vez}).execute()
    casa.hacer(casa.laura, "publicar", primero.id)
    segundo = guardar(julieta, tabla, crudo | {"convenio": a_folio(otra_vez)}, envio="e1")
    assert (segundo.id, segundo.version, segundo.sin_cambios) == (primero.id, 2, True)


def test_el_historial_dice_que_un_si_cambio_a_no(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, "informacion_reservada", reserva_completa="si")
    casa.editar(casa.julieta, registro, "informacion_reservada", reserva_completa="no")
    casa.editar(casa.julieta, registro, "informacion_reservada", reserva_completa=None)
    cambios = [acto.cambios for acto in Acto.select().where(Acto.acto == "editar").order_by(Acto.version)]
    assert cambios == ['{"reserva_completa": [true, false]}', '{"reserva_completa": [false, null]}']


# --- papelera y bajas ---

def test_de_la_papelera_se_recupera_en_rojo(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.julieta, "borrar", registro)
    with pytest.raises(ActoImposible, match="papelera"):
        casa.editar(casa.julieta, registro, objetivo="Otro")
    integro(base)
    casa.hacer(casa.julieta, "recuperar", registro)
    assert casa.fila(registro).estado == "capturado"
    integro(base)


def test_la_baja_que_se_acepta_retira_lo_publico(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.julieta, "solicitar_baja", registro, motivo="Se canceló.")
    fila = casa.fila(registro)
    assert (fila.estado, fila.baja_motivo, fila.baja_por) == ("publicado", "Se canceló.", casa.julieta.id)
    casa.hacer(casa.laura, "retirar", registro, motivo="Se canceló.")
    assert (casa.fila(registro).baja_motivo, casa.fila(registro).baja_por) == (None, None)
    integro(base)


def test_la_baja_que_se_rechaza_deja_todo_como_estaba(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    [fuera] = casa.hacer(casa.laura, "rechazar_baja", registro, motivo=MOTIVO).fuera
    assert fuera.razon == "Nadie ha solicitado su baja."
    casa.hacer(casa.julieta, "solicitar_baja", registro, motivo="Se canceló.")
    casa.hacer(casa.laura, "rechazar_baja", registro, motivo=MOTIVO)
    assert (casa.fila(registro).estado, casa.fila(registro).baja_motivo) == ("capturado", None)
    integro(base)


# --- quien aprueba lo suyo ---

def test_aprobar_lo_propio_queda_apuntado_como_autoaprobacion(casa: Casa) -> None:
    propio, ajeno = casa.capturar(casa.laura), casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", propio, ajeno)
    assert ultimo_acto(propio).autoaprobacion and not ultimo_acto(ajeno).autoaprobacion


def test_corregir_lo_ajeno_y_aprobarlo_tambien_es_autoaprobacion(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.editar(casa.laura, registro, objetivo="Lo corrigió Laura")
    casa.hacer(casa.laura, "publicar", registro)
    assert ultimo_acto(registro).autoaprobacion


def test_con_cuatro_ojos_nadie_aprueba_lo_propio(casa: Casa) -> None:
    SujetoObligado.update(cuatro_ojos=True).where(SujetoObligado.id == casa.metepec.id).execute()
    propio, ajeno = casa.capturar(casa.laura), casa.capturar(casa.julieta)
    resultado = casa.hacer(casa.laura, "publicar", propio, ajeno)
    assert resultado.hechos == [ajeno]
    assert [fuera.id for fuera in resultado.fuera] == [propio] and "otra persona" in resultado.fuera[0].razon
    assert casa.hacer(casa.ernesto, "revisar", propio).hechos == [propio]
