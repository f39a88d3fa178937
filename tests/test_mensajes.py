"""Los mensajes sin HTTP: quién le escribe a quién, qué queda fijo al enviar, y lo que falta por leer."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import assign, create_cuenta, set_activo
from models.domain.errores import ActoImposible, NoExiste
from models.domain.mensajes.bandeja import POR_PAGINA, Carpeta, count_sin_leer, read_bandeja
from models.domain.mensajes.envio import Carta, Envio, send
from models.domain.mensajes.hilos import answer, find_entrada, mark_all_read, mark_read, read_conversacion
from models.domain.mensajes.trato import contactos_de
from models.domain.permissions import Rol
from models.folios import a_folio, nuevo_id
from models.mensajes import Entrada, Hilo, Mensaje
from models.usuarios import Usuario
from tests.elenco import Casa, Persona

DE_METEPEC = {"laura", "ernesto", "nadia", "julieta", "beto"}
SE_TRATAN = {
    "gabriela": {"laura", "ramiro"},
    "laura": {"gabriela", "ernesto", "nadia", "julieta", "beto"},
    "ernesto": {"laura", "julieta", "beto"},
    "nadia": {"laura"},
    "julieta": {"laura", "ernesto"},
    "beto": {"laura", "ernesto"},
    "ines": {"ramiro", "sofia"},
}
"""Escrito a mano: Nadia lleva otro artículo, y dos capturistas no se escriben entre sí."""


def escribir(casa: Casa, quien: Persona, *para: str | Persona, asunto: str = "Cierre del trimestre",
             texto: str = "Por favor revisen lo que falta.", envio: int | None = None) -> Envio:
    destinos = tuple(p if isinstance(p, str) else f"persona:{a_folio(p.id)}" for p in para)
    return send(quien.actor, Carta(asunto, texto, destinos, envio or nuevo_id()), vigente.foto.catalogo)


def asuntos(persona: Persona, carpeta: Carpeta = Carpeta.RECIBIDOS, q: str = "") -> list[str]:
    return [e.asunto for e in read_bandeja(persona.actor, carpeta, q).entradas]


def nombres(casa: Casa, ids: Iterable[int]) -> set[str]:
    buscados = set(ids)
    return {nombre for nombre, quien in vars(casa).items() if isinstance(quien, Persona) and quien.id in buscados}


@pytest.mark.parametrize("quien", SE_TRATAN)
def test_cada_quien_le_escribe_a_quien_debe_y_a_nadie_mas(quien: str, casa: Casa) -> None:
    actor = getattr(casa, quien).actor
    contactos = contactos_de(actor, vigente.foto.catalogo)
    assert nombres(casa, (c.id for c in contactos)) == SE_TRATAN[quien]
    for nombre in set(vars(casa)) - SE_TRATAN[quien] - {"metepec", "toluca"}:
        with pytest.raises(ActoImposible, match="destinos"):
            escribir(casa, getattr(casa, quien), getattr(casa, nombre))
    assert not Hilo.select().exists() and not Entrada.select().exists()


def test_el_trato_es_parejo(casa: Casa) -> None:
    pares = {(quien, otro) for quien in vars(casa) if isinstance(getattr(casa, quien), Persona)
             for otro in nombres(casa, (c.id for c in contactos_de(getattr(casa, quien).actor, vigente.foto.catalogo)))}
    assert len(pares) > 20 and pares == {(otro, quien) for quien, otro in pares}


def test_se_escribe_se_lee_y_se_contesta(casa: Casa) -> None:
    escribir(casa, casa.laura, casa.julieta)
    assert asuntos(casa.julieta) == ["Cierre del trimestre"] and count_sin_leer(casa.julieta.actor) == 1
    assert asuntos(casa.laura) == [] and asuntos(casa.laura, Carpeta.ENVIADOS) == ["Cierre del trimestre"]
    [entrada] = read_bandeja(casa.julieta.actor, Carpeta.SIN_LEER).entradas
    mark_read(entrada)
    assert count_sin_leer(casa.julieta.actor) == 0 and count_sin_leer(casa.laura.actor) == 0
    assert answer(casa.julieta.actor, entrada, "Hoy quedan los tres.", nuevo_id())
    assert asuntos(casa.laura) == ["Cierre del trimestre"] and count_sin_leer(casa.laura.actor) == 1
    [de_laura] = read_bandeja(casa.laura.actor, Carpeta.SIN_LEER).entradas
    conversacion = read_conversacion(casa.laura.actor, de_laura)
    assert [m.texto for m in conversacion.mensajes] == ["Por favor revisen lo que falta.", "Hoy quedan los tres."]
    leyo = {p.nombre: p.leida_en is not None for p in conversacion.participantes}
    assert leyo == {"Julieta Mondragón": True, "Laura Nava": False}


def test_lo_ajeno_no_existe(casa: Casa) -> None:
    hilo = escribir(casa, casa.laura, casa.julieta).hilo_id
    entrada = find_entrada(casa.julieta.actor, hilo)
    for persona in (casa.beto, casa.ernesto, casa.ramiro, casa.gabriela):
        for identificador in (hilo, entrada.id):
            with pytest.raises(NoExiste):
                find_entrada(persona.actor, identificador)


def test_a_toda_la_institucion_cada_quien_contesta_solo_a_quien_escribio(casa: Casa) -> None:
    envio = escribir(casa, casa.laura, "todos")
    assert (envio.personas, envio.conversaciones) == (4, 4)
    assert asuntos(casa.laura, Carpeta.ENVIADOS) == ["Cierre del trimestre"], "en lo enviado es uno"
    answer(casa.julieta.actor, find_entrada(casa.julieta.actor, _hilo_de(casa.julieta)), "Enterada.", nuevo_id())
    for persona in (casa.beto, casa.ernesto, casa.nadia):
        textos = [m.texto for m in read_conversacion(persona.actor, find_entrada(persona.actor, _hilo_de(persona))).mensajes]
        assert textos == ["Por favor revisen lo que falta."]
    assert count_sin_leer(casa.laura.actor) == 1
    assert len(read_conversacion(casa.laura.actor, find_entrada(casa.laura.actor, envio.hilo_id)).copias) == 3


def _hilo_de(persona: Persona) -> int:
    return int(read_bandeja(persona.actor, Carpeta.RECIBIDOS).entradas[0].hilo_id)


def test_quienes_se_tratan_comparten_la_conversacion(casa: Casa) -> None:
    envio = escribir(casa, casa.laura, casa.ernesto, casa.julieta)
    assert envio.conversaciones == 1
    answer(casa.julieta.actor, find_entrada(casa.julieta.actor, envio.hilo_id), "Ya está.", nuevo_id())
    assert count_sin_leer(casa.ernesto.actor) == 1
    assert read_bandeja(casa.ernesto.actor, Carpeta.RECIBIDOS).entradas[0].texto == "Ya está."


@pytest.mark.parametrize("destino, quienes", [
    ("rol:capturista", {"julieta", "beto"}), ("rol:administrador", {"ernesto", "nadia"}),
    ("formato:convenios", {"ernesto", "julieta", "beto"}), ("formato:proteccion_civil", {"nadia"}),
    ("todos", DE_METEPEC - {"laura"}), ("garante", {"gabriela"}),
])
def test_a_un_papel_a_un_formato_o_a_todos(destino: str, quienes: set[str], casa: Casa) -> None:
    escribir(casa, casa.laura, destino)
    assert nombres(casa, (e.usuario_id for e in Entrada.select().where(Entrada.recibida))) == quienes


def test_el_garante_escribe_a_todas_las_unidades_y_cada_copia_vive_en_su_institucion(casa: Casa) -> None:
    envio = escribir(casa, casa.gabriela, "unidades")
    assert envio.conversaciones == 2
    assert {hilo.sujeto_id for hilo in Hilo.select()} == {m.sujeto_id for m in Mensaje.select()} == {
        casa.metepec.id, casa.toluca.id}
    answer(casa.ramiro.actor, find_entrada(casa.ramiro.actor, _hilo_de(casa.ramiro)), "Recibido.", nuevo_id())
    assert count_sin_leer(casa.gabriela.actor) == 1 and count_sin_leer(casa.laura.actor) == 1
    [contestada] = read_bandeja(casa.gabriela.actor, Carpeta.RECIBIDOS).entradas
    assert contestada.de == "Ramiro Vilchis"
    assert asuntos(casa.gabriela, Carpeta.ENVIADOS) == ["Cierre del trimestre"]


def test_el_garante_elige_instituciones(casa: Casa) -> None:
    escribir(casa, casa.gabriela, "de:toluca")
    assert asuntos(casa.ramiro) and not asuntos(casa.laura)


def test_quien_llega_despues_no_ve_lo_anterior(casa: Casa) -> None:
    escribir(casa, casa.laura, "rol:capturista")
    cuenta, _ = create_cuenta("nuevo.metepec", "Nuria Soto", Rol.CAPTURISTA, casa.metepec.id)
    assign(cuenta, "articulo", ["12"])
    assert asuntos(Persona(cuenta)) == []
    escribir(casa, casa.laura, "rol:capturista", asunto="Otro aviso")
    assert asuntos(Persona(cuenta)) == ["Otro aviso"]


def test_a_una_cuenta_bloqueada_no_se_le_escribe(casa: Casa) -> None:
    set_activo(casa.beto.usuario, False)
    with pytest.raises(ActoImposible):
        escribir(casa, casa.laura, casa.beto)
    assert escribir(casa, casa.laura, "rol:capturista").personas == 1


def test_de_una_institucion_extinta_se_lee_y_ya_no_se_escribe(casa: Casa) -> None:
    entrada = find_entrada(casa.julieta.actor, escribir(casa, casa.laura, casa.julieta).hilo_id)
    julieta = replace(casa.julieta.actor, solo_lectura=True)
    with pytest.raises(ActoImposible, match="extinta"):
        answer(julieta, entrada, "Hola.", nuevo_id())
    with pytest.raises(ActoImposible, match="extinta"):
        send(julieta, Carta("Hola", "Hola.", ("unidad",), nuevo_id()), vigente.foto.catalogo)
    assert len(read_conversacion(julieta, entrada).mensajes) == Mensaje.select().count() == 1


def test_enviar_o_contestar_dos_veces_es_una(casa: Casa) -> None:
    envio = nuevo_id()
    assert not escribir(casa, casa.laura, "todos", envio=envio).repetido
    assert escribir(casa, casa.laura, "todos", envio=envio).repetido
    assert Hilo.select().count() == 4
    entrada, respuesta = find_entrada(casa.julieta.actor, _hilo_de(casa.julieta)), nuevo_id()
    assert answer(casa.julieta.actor, entrada, "Enterada.", respuesta)
    assert not answer(casa.julieta.actor, entrada, "Enterada.", respuesta)
    assert Mensaje.select().count() == 5


def test_el_numero_de_un_envio_ajeno_no_sirve_para_tocarlo(casa: Casa) -> None:
    ajeno = escribir(casa, casa.laura, casa.julieta).hilo_id
    with pytest.raises(ActoImposible, match="vuelva a cargar"):
        escribir(casa, casa.ernesto, casa.beto, envio=ajeno)
    assert Mensaje.select().count() == 1 and asuntos(casa.beto) == []


@pytest.mark.parametrize("mas, dice", [
    ({"asunto": " "}, "asunto"), ({"asunto": "x" * 200}, "asunto"), ({"texto": ""}, "Escriba el mensaje"),
    ({"texto": "x" * 5001}, "caben 5,000"), ({"texto": "con\x00control"}, "carácter"),
    ({"asunto": "dos\nrenglones"}, "renglón"),
])
def test_lo_mal_escrito_se_dice_y_no_se_manda(mas: dict[str, str], dice: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match=dice):
        escribir(casa, casa.laura, casa.julieta, **mas)
    with pytest.raises(ActoImposible, match="Elija a quién"):
        escribir(casa, casa.laura)
    assert not Entrada.select().exists()


def test_se_busca_sin_acentos_y_se_pasa_de_pagina_por_llave(casa: Casa) -> None:
    for i in range(POR_PAGINA + 3):
        escribir(casa, casa.laura, casa.julieta, asunto=f"Revisión número {i}")
    escribir(casa, casa.ernesto, casa.julieta, asunto="Otra cosa", texto="El índice de precios al 100%_")
    primera = read_bandeja(casa.julieta.actor, Carpeta.RECIBIDOS)
    segunda = read_bandeja(casa.julieta.actor, Carpeta.RECIBIDOS, "", primera.siguiente)
    assert [len(primera.entradas), len(segunda.entradas)] == [POR_PAGINA, 4] and segunda.siguiente is None
    assert not {e.id for e in primera.entradas} & {e.id for e in segunda.entradas}
    assert asuntos(casa.julieta, q="REVISION numero 19") == ["Revisión número 19"]
    assert asuntos(casa.julieta, q="ernesto peña indice") == asuntos(casa.julieta, q="100%_") == ["Otra cosa"]
    assert asuntos(casa.julieta, q="%") == ["Otra cosa"], "el tanto por ciento se busca tal cual"


def test_marcar_todo_solo_marca_lo_mio(casa: Casa) -> None:
    escribir(casa, casa.laura, "todos")
    assert mark_all_read(casa.julieta.actor) == 1
    assert (count_sin_leer(casa.julieta.actor), count_sin_leer(casa.beto.actor)) == (0, 1)


def test_quien_escribio_se_lee_como_se_llamaba(casa: Casa) -> None:
    escribir(casa, casa.laura, casa.julieta)
    Usuario.update(nombre="Otra Persona").where(Usuario.id == casa.laura.id).execute()
    entrada = find_entrada(casa.julieta.actor, _hilo_de(casa.julieta))
    assert read_conversacion(casa.julieta.actor, entrada).mensajes[0].autor_nombre == "Laura Nava"
