"""Qué le aplica a cada institución y las prórrogas: las reglas, y sus pantallas."""

import datetime as dt
from typing import Any

import pytest

from models.domain.actos_de_sujeto import actos_de_sujeto
from models.domain.ajustes import Ajuste, adjust, count_ajustados, read_renglones
from models.domain.catalogo_vigente import vigente
from models.domain.cumplimiento import read_cumplimiento
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.prorrogas import Pedida, en_vigor, grant, read_prorrogas, revoke
from models.folios import a_folio
from models.prorrogas import Prorroga
from models.publicados import Publicados
from models.sujetos import Aplicabilidad
from tests.cliente import Sitio
from tests.elenco import CLAVE, Casa

pytest_plugins = "tests.sitio"

MOTIVO = "Artículo 27 de su decreto de creación."
EN_AGOSTO = dt.date(2026, 8, 5)
"""El límite de ley del segundo trimestre ya pasó."""
LUGAR = (CLAVE, 2026, "T2")


def ajustar(casa: Casa, ajuste: Ajuste, *claves: str, motivo: str = MOTIVO, quien: Any = None) -> list[str]:
    cambiaron = adjust((quien or casa.gabriela).actor, casa.metepec.sujeto, claves, ajuste, motivo, vigente.foto.catalogo)
    return [formato.clave for formato in cambiaron]


def pedida(casa: Casa, **cambios: Any) -> Pedida:
    return Pedida(**{"destinatario": f"sujeto:{casa.metepec.id}", "ejercicio": 2026, "periodo": "T2",
                     "limite": dt.date(2026, 8, 31), "motivo": MOTIVO} | cambios)


def dar(casa: Casa, **cambios: Any) -> list[Prorroga]:
    return grant(casa.gabriela.actor, [vigente.foto.tablas[CLAVE].formato], pedida(casa, **cambios))


def situacion(casa: Casa, sujeto_id: int, hoy: dt.date = EN_AGOSTO) -> tuple[str, bool]:
    todos = read_cumplimiento(sujeto_id, [vigente.foto.tablas[CLAVE].formato], hoy)
    [uno] = [c for c in todos if c.periodo and (c.periodo.ejercicio, c.periodo.clave) == LUGAR[1:]]
    return str(uno.situacion), uno.prorroga


# --- aplicabilidad ---

def test_lo_que_deja_de_aplicar_se_va_de_la_oficina_y_del_portal_y_vuelve(casa: Casa, publicados: Publicados) -> None:
    assert set(ajustar(casa, Ajuste.NO_APLICA, CLAVE, "padrones")) == {CLAVE, "padrones"}
    metepec = publicados.institucion("metepec")
    assert CLAVE not in casa.laura.actor.claves | casa.julieta.actor.claves
    assert metepec is not None and CLAVE not in metepec.claves and CLAVE in casa.ines.actor.claves
    [apunte] = actos_de_sujeto(casa.metepec.id)
    assert apunte.acto == "aplicabilidad" and "No le aplica: " in apunte.detalle and MOTIVO in apunte.detalle
    assert ajustar(casa, Ajuste.DE_SU_CLASE, CLAVE) == [CLAVE] and CLAVE in casa.laura.actor.claves
    assert {fila.clave for fila in Aplicabilidad.select()} == {"padrones"}
    assert count_ajustados() == {("padrones", False): 1}


def test_lo_que_no_es_de_su_clase_se_le_puede_poner(casa: Casa) -> None:
    assert "votaciones" not in casa.laura.actor.claves
    ajustar(casa, Ajuste.APLICA, "votaciones")
    assert "votaciones" in casa.laura.actor.claves
    [renglon] = [r for r in read_renglones(casa.metepec.sujeto, vigente.foto.catalogo) if r.formato.clave == "votaciones"]
    assert (renglon.de_su_clase, renglon.aplica, renglon.ajustado) == (False, True, True)
    assert ajustar(casa, Ajuste.APLICA, "votaciones") == [], "ya estaba así"
    assert len(actos_de_sujeto(casa.metepec.id)) == 1


def test_lo_que_tiene_algo_publicado_no_deja_de_aplicar(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    with pytest.raises(ActoImposible, match="retire antes"):
        ajustar(casa, Ajuste.NO_APLICA, CLAVE, "padrones")
    assert not Aplicabilidad.select().exists(), "todos o ninguno"
    casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por error.")
    assert CLAVE in ajustar(casa, Ajuste.NO_APLICA, CLAVE)


@pytest.mark.parametrize("claves, motivo, dice", [
    ([], MOTIVO, "al menos un"), (["nada"], MOTIVO, "al menos un"), ([CLAVE], "no", "motivo")])
def test_un_ajuste_mal_dicho_no_cambia_nada(claves: list[str], motivo: str, dice: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match=dice):
        ajustar(casa, Ajuste.NO_APLICA, *claves, motivo=motivo)
    assert not Aplicabilidad.select().exists() and actos_de_sujeto(casa.metepec.id) == []


def test_solo_el_garante_ajusta_y_da_prorrogas(casa: Casa) -> None:
    for quien in (casa.laura, casa.ernesto, casa.julieta):
        with pytest.raises(NoPermitido):
            ajustar(casa, Ajuste.NO_APLICA, CLAVE, quien=quien)
        with pytest.raises(NoPermitido):
            grant(quien.actor, [vigente.foto.tablas[CLAVE].formato], pedida(casa))
        with pytest.raises(NoPermitido):
            revoke(quien.actor, 1)


# --- prórrogas ---

def test_con_prorroga_lo_vencido_deja_de_estarlo_hasta_el_ultimo_dia(casa: Casa) -> None:
    assert situacion(casa, casa.metepec.id) == ("vencido", False)
    dar(casa)
    assert situacion(casa, casa.metepec.id) == ("aun_no_toca", True)
    for dia, dicho in ((21, "por_vencer"), (31, "por_vencer")):
        assert situacion(casa, casa.metepec.id, dt.date(2026, 8, dia)) == (dicho, True)
    assert situacion(casa, casa.metepec.id, dt.date(2026, 9, 1)) == ("vencido", True)
    assert situacion(casa, casa.toluca.id) == ("vencido", False), "es solo de Metepec"
    assert "Hasta el 31/08/2026" in actos_de_sujeto(casa.metepec.id)[0].detalle


@pytest.mark.parametrize("destinatario, alcanza", [("todas", True), ("clase:municipal", True), ("clase:judicial", False)])
def test_a_todas_o_a_una_clase(destinatario: str, alcanza: bool, casa: Casa) -> None:
    dar(casa, destinatario=destinatario)
    for institucion in (casa.metepec, casa.toluca):
        assert situacion(casa, institucion.id)[1] == alcanza


def test_de_varias_manda_la_mas_larga_y_revocada_no_cuenta(casa: Casa) -> None:
    [larga] = dar(casa, destinatario="todas", limite=dt.date(2026, 10, 1))
    dar(casa)
    assert read_prorrogas(casa.metepec.id) == {LUGAR: dt.date(2026, 10, 1)}
    revoke(casa.gabriela.actor, larga.id)
    assert read_prorrogas(casa.metepec.id) == {LUGAR: dt.date(2026, 8, 31)} and len(en_vigor()) == 1
    with pytest.raises(NoExiste):
        revoke(casa.gabriela.actor, larga.id)
    assert Prorroga.select().count() == 2, "la historia queda"


@pytest.mark.parametrize("cambio, dice", [
    ({"limite": dt.date(2026, 7, 1)}, "va después"), ({"limite": dt.date(2029, 7, 1)}, "va después"),
    ({"periodo": "M01"}, "no se informa"), ({"ejercicio": 0}, "no se informa"), ({"motivo": "ya"}, "motivo"),
    ({"destinatario": "sujeto:99999"}, "a quién"), ({"destinatario": "sujeto:١"}, "a quién"),
    ({"destinatario": "x"}, "a quién")])
def test_una_prorroga_mal_pedida_no_se_da(cambio: dict[str, Any], dice: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match=dice):
        dar(casa, **cambio)
    assert not Prorroga.select().exists()


# --- las pantallas ---

def test_se_ajusta_por_formato_y_por_fraccion_y_queda_en_su_historia(sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    pagina = gabriela.get("/ipo/sujetos/metepec/aplicabilidad")
    forma = pagina.forma("form:has([name=ajuste])")
    fundamento = vigente.foto.catalogo.por_clave[CLAVE].fundamento
    hecho = gabriela.enviar(forma, fraccion=fundamento, clave=["padrones"], ajuste="no_aplica", motivo=MOTIVO)
    assert "2 formatos cambiaron" in gabriela.seguir(hecho).avisos[0]
    assert sitio.de(sitio.casa.julieta).get(sitio.url()).codigo == 404
    assert "/metepec/convenios/" not in sitio.portal.test_client().get("/metepec/").get_data(as_text=True)
    assert MOTIVO in gabriela.get("/ipo/sujetos/metepec").visible
    assert "No aplica a 1 institución" in gabriela.get("/ipo/aplicabilidad").visible


@pytest.mark.parametrize("campos", [{"ajuste": "x"}, {"ajuste": None}, {"clave": None}, {"motivo": "no"}, {"clave": "nada"}])
def test_un_ajuste_con_error_vuelve_con_lo_marcado(campos: dict[str, Any], sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    forma = gabriela.get("/ipo/sujetos/metepec/aplicabilidad").forma("form:has([name=ajuste])")
    pagina = gabriela.enviar(forma, **{"clave": CLAVE, "ajuste": "no_aplica", "motivo": MOTIVO} | campos)
    assert pagina.codigo == 422 and pagina.sopa.select_one("[role=alert]") and not Aplicabilidad.select().exists()
    if campos.get("clave", CLAVE) == CLAVE:
        assert pagina.sopa.select_one(f"[name=clave][value={CLAVE}]").has_attr("checked")


def test_la_prorroga_se_da_se_lee_en_lo_que_falta_y_se_revoca(sitio: Sitio) -> None:
    casa, gabriela = sitio.casa, sitio.de(sitio.casa.gabriela)
    forma = gabriela.get("/ipo/prorrogas?siglas=metepec").forma("form:has([name=limite])")
    assert forma.campos["para"] == f"sujeto:{casa.metepec.id}"
    hoy = dt.date.today()
    anio, periodo = (hoy.year, f"T{(hoy.month - 1) // 3}") if hoy.month > 3 else (hoy.year - 1, "T4")
    limite = hoy + dt.timedelta(days=45)
    datos = {"ejercicio": str(anio), "periodo": periodo, "motivo": MOTIVO, "clave": CLAVE}
    mala = gabriela.enviar(forma, **datos, limite="31/02/2026")
    assert mala.codigo == 422 and mala.sopa.select_one(f"[name=clave][value={CLAVE}]").has_attr("checked")
    hecha = gabriela.seguir(gabriela.enviar(forma, **datos, limite=f"{limite:%d/%m/%Y}"))
    assert "Prórroga dada a 1 formato" in hecha.avisos[0] and "H. Ayuntamiento de Metepec" in hecha.visible
    [dada] = en_vigor()
    assert dada.limite == limite.isoformat()
    revocada = gabriela.seguir(gabriela.enviar(hecha.forma("form[action$='/revocar']")))
    assert "vuelve a contar" in revocada.avisos[0] and en_vigor() == []


def test_lo_que_falta_dice_hasta_cuando_es_la_prorroga(sitio: Sitio) -> None:
    """Vencida hace poco: sigue en la lista, con su prórroga dicha."""
    hoy = dt.date.today()
    fin = next(c for c in read_cumplimiento(sitio.casa.metepec.id, [vigente.foto.tablas[CLAVE].formato], hoy)
               if str(c.situacion) == "vencido")
    assert fin.periodo is not None and fin.limite is not None
    limite = fin.limite + dt.timedelta(days=5)
    dar(sitio.casa, ejercicio=fin.periodo.ejercicio, periodo=fin.periodo.clave, limite=limite)
    assert f"prórroga hasta {limite:%d/%m/%Y}" in sitio.de(sitio.casa.laura).get("/ipo/faltantes").visible


def test_la_puerta_es_de_quien_lleva_el_catalogo(sitio: Sitio) -> None:
    casa, gabriela = sitio.casa, sitio.de(sitio.casa.gabriela)
    [dada] = dar(casa)
    revocar = f"/ipo/prorrogas/{a_folio(dada.id)}/revocar"
    for ruta in ("/ipo/aplicabilidad", "/ipo/sujetos/metepec/aplicabilidad", "/ipo/prorrogas"):
        assert sitio.de(casa.laura).get(ruta).codigo == 404
    assert sitio.de(casa.laura).post(revocar).codigo == 404 and gabriela.get(revocar).codigo == 405
    for ruta in ("/ipo/sujetos/metepec/aplicabilidad", "/ipo/prorrogas", revocar):
        assert gabriela.post(ruta, {"motivo": MOTIVO}, ficha=False).codigo == 400
    assert len(en_vigor()) == 1
