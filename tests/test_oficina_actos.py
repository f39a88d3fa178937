"""Actos sobre varios: se marca, se confirma viendo qué pasará y qué queda fuera, y se hace una sola vez."""

import pytest

from models.tareas import Lote
from tests.cliente import Sitio, Visitante, folio
from tests.escenario import publicar
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"


def marcar(visitante: Visitante, acto: str, *registros: int, ruta: str = "") -> Pagina:
    """Marca esos registros en la lista y pide el acto; da la confirmación."""
    lista = visitante.get(visitante.sitio.url(ruta))
    marcas = [str(casilla["value"]) for casilla in lista.sopa.select("input[name=sel]")
              if str(casilla["value"]).split(":")[0] in map(folio, registros)]
    assert len(marcas) == len(registros)
    return visitante.seguir(visitante.enviar(lista.forma("form[data-lote]"), sel=marcas, acto=acto))


def aceptar(visitante: Visitante, confirmar: Pagina, **campos: str) -> Pagina:
    return visitante.seguir(visitante.enviar(confirmar.forma("form.angosta"), **campos))


def estados(sitio: Sitio, *registros: int) -> list[str]:
    return [sitio.casa.fila(registro).estado for registro in registros]


def test_publicar_varios_dice_cuantos_y_cuales(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    uno, dos = (casa.capturar(casa.julieta, denominacion_convenio=nombre) for nombre in ("Alumbrado", "Bacheo"))
    confirmar = marcar(laura, "publicar", uno, dos)
    assert confirmar.sopa.h1.text == "Publicar: 2 convenios" and "Se hará con 2" in confirmar.visible
    assert "Alumbrado" in confirmar.visible and "Bacheo" in confirmar.visible
    assert "La ciudadanía verá estos registros en cuanto usted confirme." in confirmar.visible
    assert estados(sitio, uno, dos) == ["capturado"] * 2, "todavía no pasa nada"
    hecha = aceptar(laura, confirmar)
    assert hecha.avisos == ["Publicar: hecho con 2 convenios."] and estados(sitio, uno, dos) == ["publicado"] * 2
    assert len(sitio.anonimo().get("/metepec/convenios/2026/").renglones) == 2


def test_lo_que_no_se_puede_queda_fuera_con_su_razon(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    completo, publico = casa.capturar(casa.julieta), publicar(sitio, casa.julieta, casa.laura)
    incompleto = casa.capturar(casa.julieta, objetivo=None, denominacion_convenio="Sin objetivo")
    confirmar = marcar(laura, "publicar", completo, incompleto, publico)
    assert "Se hará con 1" in confirmar.visible and "Quedan fuera 2" in confirmar.visible
    assert "Sin objetivo — Falta un dato obligatorio." in confirmar.visible and "Está en «Publicado»." in confirmar.visible
    avisos = aceptar(laura, confirmar).avisos
    assert avisos[0] == "Publicar: hecho con 1 convenio."
    assert {"1 convenio sin tocar. Falta un dato obligatorio.", "1 convenio sin tocar. Está en «Publicado»."} == set(avisos[1:])
    assert estados(sitio, completo, incompleto, publico) == ["publicado", "capturado", "publicado"]


def test_si_ninguno_se_puede_no_hay_boton(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    confirmar = marcar(laura, "publicar", casa.capturar(casa.julieta, objetivo=None))
    assert confirmar.sopa.select("form.angosta button") == [] and confirmar.sopa.find("a", string="Volver") is not None


def test_lo_que_cambio_despues_de_verlo_no_se_toca(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    quieto, movido = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    confirmar = marcar(laura, "publicar", quieto, movido)
    casa.editar(casa.julieta, movido, nota="Mientras ella confirmaba.")
    assert aceptar(laura, confirmar).avisos == [
        "Publicar: hecho con 1 convenio.", "1 convenio sin tocar. Cambió después de que usted lo vio."]
    assert estados(sitio, quieto, movido) == ["publicado", "capturado"]


@pytest.mark.parametrize("acto, queda", [("devolver", "devuelto"), ("retirar", "retirado")])
def test_sin_motivo_no_se_hace_y_lo_escrito_vuelve(acto: str, queda: str, sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = publicar(sitio, casa.julieta, casa.laura) if acto == "retirar" else casa.capturar(casa.julieta)
    confirmar = marcar(laura, acto, registro)
    for corto in ("", "  ", "ya"):
        otra_vez = laura.enviar(confirmar.forma("form.angosta"), motivo=corto)
        assert otra_vez.codigo == 422 and "Escriba el motivo" in otra_vez.errores
        assert otra_vez.forma("form.angosta").campos["motivo"] == corto
    aceptar(laura, otra_vez, motivo="Falta la firma de la contraparte.")
    assert casa.fila(registro).estado == queda
    assert "«Falta la firma de la contraparte.»" in sitio.de(casa.julieta).get(sitio.url()).visible


def test_confirmar_dos_veces_lo_hace_una(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta)
    confirmar = marcar(laura, "publicar", registro)
    primera, segunda = (laura.enviar(confirmar.forma("form.angosta")) for _ in range(2))
    assert primera.lleva_a == segunda.lleva_a and casa.fila(registro).version == 2
    assert "Esto ya se hizo." in laura.get(confirmar.ruta).visible


def test_todos_los_del_filtro_son_justo_los_del_filtro(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    del_2025 = [casa.capturar(casa.julieta, ejercicio="2025") for _ in range(27)]
    otro = casa.capturar(casa.julieta, ejercicio="2026")
    lista = laura.get(sitio.url("?ejercicio=2025&ver=25"))
    assert len(lista.folios) == 25 and "Hacerlo con los 27 del filtro…" in lista.visible
    confirmar = laura.seguir(laura.enviar(lista.forma("form[data-lote]"), todos="si", acto="publicar"))
    assert confirmar.sopa.h1.text == "Publicar: 27 convenios" and "y 19 más" in confirmar.visible
    assert aceptar(laura, confirmar).avisos == ["Publicar: hecho con 27 convenios."]
    assert set(estados(sitio, *del_2025)) == {"publicado"} and estados(sitio, otro) == ["capturado"]


def test_sin_marcar_nada_se_dice(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    casa.capturar(casa.julieta)
    pagina = laura.seguir(laura.enviar(laura.get(sitio.url()).forma("form[data-lote]"), acto="publicar"))
    assert pagina.avisos == ["No eligió ningún registro. Marque al menos uno."]
    assert laura.post(sitio.url("acciones"), {"acto": "aprobar"}).codigo == 400


def test_la_baja_se_solicita_y_la_decide_la_unidad(sitio: Sitio) -> None:
    casa, laura, julieta = sitio.casa, sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    registro = publicar(sitio, casa.julieta, casa.laura)
    congelado = julieta.post(sitio.url("acciones"), {"acto": "solicitar_baja", "sel": f"{folio(registro)}:2"})
    aceptar(julieta, julieta.seguir(congelado), motivo="Se canceló el convenio.")
    assert estados(sitio, registro) == ["publicado"], "sigue público hasta que la Unidad decida"
    assert "Baja solicitada: «Se canceló el convenio.»" in laura.get(sitio.url("?baja=si")).visible
    congelado = laura.post(sitio.url("acciones"), {"acto": "rechazar_baja", "sel": f"{folio(registro)}:3"})
    aceptar(laura, laura.seguir(congelado), motivo="Sigue vigente.")
    assert laura.get(sitio.url("?baja=si")).folios == []


def test_con_cuatro_ojos_nadie_aprueba_lo_suyo(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    sujeto = casa.metepec.sujeto
    sujeto.cuatro_ojos = True
    sujeto.save()
    suyo, ajeno = casa.capturar(casa.laura), casa.capturar(casa.julieta)
    confirmar = marcar(laura, "publicar", suyo, ajeno)
    assert "en esta institución debe aprobarlo otra persona." in confirmar.visible
    aceptar(laura, confirmar)
    assert estados(sitio, suyo, ajeno) == ["capturado", "publicado"]


def test_lo_que_no_es_de_su_papel_no_llega_ni_a_confirmarse(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    for persona, acto in ((casa.julieta, "revisar"), (casa.julieta, "publicar"), (casa.ernesto, "publicar")):
        pagina = sitio.de(persona).post(sitio.url("acciones"), {"acto": acto, "sel": f"{folio(registro)}:1"})
        assert pagina.codigo == 403 and "Su perfil no permite" in pagina.visible
    assert Lote.select().count() == 0 and estados(sitio, registro) == ["capturado"]
