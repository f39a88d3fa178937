"""El detalle de un registro, su historial y los botones que cada quien encuentra ahí."""

import pytest

from tests.cliente import Sitio, folio
from tests.elenco import Persona
from tests.escenario import CAMPO_DE_ARCHIVO, publicar, subir

pytest_plugins = "tests.sitio"


def botones(sitio: Sitio, persona: Persona, registro: int) -> list[str]:
    """Los actos que el detalle le ofrece a una persona."""
    pagina = sitio.de(persona).get(sitio.url(f"detalle?id={folio(registro)}"))
    return [str(b["value"]) for b in pagina.sopa.select("button[name=acto]")]


def test_se_lee_todo_lo_capturado_en_palabras(sitio: Sitio) -> None:
    casa = sitio.casa
    archivo = subir(sitio, casa.julieta, "convenio firmado.pdf")
    registro = casa.capturar(casa.julieta, fecha_firma="31/12/2026", monto_recursos="1234.5", objetivo="Primero.\nSegundo.",
                             **{CAMPO_DE_ARCHIVO: archivo})
    pagina = sitio.de(casa.julieta).get(sitio.url(f"detalle?id={folio(registro)}"))
    dichos = {dt.text: dt.find_next("dd").get_text(" ", strip=True) for dt in pagina.sopa.select("dt")}
    assert len(dichos) == len(casa.tabla().formato.campos)
    assert dichos["Área responsable de la información"] == "Dirección de Obras Públicas"
    assert "31/12/2026" in dichos.values() and "$1,234.50" in dichos.values() and "Primero.\nSegundo." in dichos.values()
    assert any(dicho.startswith("convenio firmado.pdf (PDF, ") for dicho in dichos.values())
    assert "Capturó Julieta Mondragón" in pagina.visible and folio(registro) in pagina.texto


def test_dice_que_falta_y_por_que_se_devolvio(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, objetivo=None)
    ver = sitio.url(f"detalle?id={folio(registro)}")
    assert "Incompleto: falta 1 dato" in sitio.de(casa.julieta).get(ver).visible
    casa.hacer(casa.laura, "devolver", registro, motivo="Falta el objetivo.")
    assert "Devuelto «Falta el objetivo.»" in sitio.de(casa.julieta).get(ver).visible.replace("  ", " ")


@pytest.mark.parametrize("quien, nuevo, publico", [
    ("julieta", ["borrar"], ["solicitar_baja"]),
    ("ernesto", ["revisar", "devolver", "borrar"], ["solicitar_baja"]),
    ("laura", ["revisar", "devolver", "publicar", "borrar"], ["retirar"]),
])
def test_cada_quien_encuentra_lo_que_puede_hacer(quien: str, nuevo: list[str], publico: list[str], sitio: Sitio) -> None:
    casa, persona = sitio.casa, getattr(sitio.casa, quien)
    assert botones(sitio, persona, casa.capturar(casa.julieta)) == nuevo
    assert botones(sitio, persona, publicar(sitio, casa.julieta, casa.laura)) == publico


def test_lo_incompleto_no_ofrece_aprobarse_ni_lo_retirado_editarse(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    assert botones(sitio, casa.laura, casa.capturar(casa.julieta, objetivo=None)) == ["devolver", "borrar"]
    retirado = publicar(sitio, casa.julieta, casa.laura)
    casa.hacer(casa.laura, "retirar", retirado, motivo="Se publicó por error.")
    assert botones(sitio, casa.laura, retirado) == ["restaurar"]
    assert not laura.get(sitio.url(f"detalle?id={folio(retirado)}")).sopa.find("a", string="Editar")
    negado = laura.post(sitio.url(f"editar?id={folio(retirado)}"), {"nota": "A fuerza", "version": "3"})
    assert negado.codigo == 403 and "está retirado o en la papelera" in negado.errores


def test_los_cambios_sin_publicar_se_pueden_descartar(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = publicar(sitio, casa.julieta, casa.laura, nota="La pública")
    casa.editar(casa.julieta, registro, nota="La otra")
    ver = sitio.url(f"detalle?id={folio(registro)}")
    forma = next(f for f in julieta.get(ver).sopa.select("main form") if f.select("button[value=descartar]"))
    congelado = julieta.post(str(forma["action"]), {"sel": str(forma.select_one("[name=sel]")["value"]), "acto": "descartar"})
    confirmar = julieta.seguir(congelado)
    assert "Se perderán los cambios sin publicar" in confirmar.visible
    julieta.enviar(confirmar.forma("form.angosta"))
    assert casa.fila(registro).estado == "publicado" and "La pública" in julieta.get(ver).visible


def test_la_liga_al_portal_lleva_a_lo_publico(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = publicar(sitio, casa.julieta, casa.laura, denominacion_convenio="Patrullas")
    liga = laura.get(sitio.url(f"detalle?id={folio(registro)}")).sopa.find("a", string="Verlo en el portal")
    assert "Patrullas" in sitio.anonimo().get(str(liga["href"])).visible
    borrador = laura.get(sitio.url(f"detalle?id={folio(casa.capturar(casa.julieta))}"))
    assert borrador.sopa.find("a", string="Verlo en el portal") is None


def test_el_historial_cuenta_quien_hizo_que_y_que_cambio(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, nota="Antes", fecha_firma="01/02/2026")
    casa.editar(casa.ernesto, registro, nota="Después", fecha_firma=None)
    casa.hacer(casa.laura, "devolver", registro, motivo="Falta la fecha.")
    casa.editar(casa.laura, registro, nota="Después", fecha_firma="03/02/2026")
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo="Lleva un dato personal.")
    pagina = sitio.de(casa.julieta).get(sitio.url(f"historial?id={folio(registro)}"))
    sucesos = [" ".join(li.p.get_text(" ", strip=True).split()) for li in pagina.sopa.select("ol.sucesos > li")]
    assert [s.partition(" ·")[0] for s in sucesos] == [
        "Retiró Laura Nava", "Publicó Laura Nava", "Editó Laura Nava", "Devolvió Laura Nava", "Editó Ernesto Peña",
        "Capturó Julieta Mondragón"]
    assert "La misma persona que lo capturó" in sucesos[1], "lo corrigió y lo aprobó ella: queda dicho"
    cambios = pagina.sopa.select("ol.sucesos table")[1].get_text("|", strip=True)
    assert "Nota|Antes|Después" in cambios and "01/02/2026|vacío" in cambios
    assert "Falta la fecha." in pagina.visible and "retirado: «Lleva un dato personal.»" in pagina.visible
