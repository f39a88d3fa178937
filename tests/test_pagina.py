"""La revisión que pasa toda página (``pagina.py``) sabe encontrar cada falta que busca."""

import pytest
from werkzeug.datastructures import Headers

from tests.pagina import CABECERAS, Forma, Pagina, faltas_de

NONCE = "abcdefghijklmnopqrstuv"
BUENA = f"""<!doctype html><html lang="es-MX"><head><title>Convenios · IPOMEX</title>
<style nonce="{NONCE}">p{{}}</style><script src="/estatico/portal.js"></script></head>
<body><h1>Convenios</h1><form method="post"><input name="csrf_token" value="x"></form>
<form action="/buscar"><input id="q" name="q" value="snake_case que alguien tecleó"></form><code>reg_convenios</code>
<template><p id="q">None</p></template><p>contrato_2026.pdf en la carpeta /mis_archivos/</p></body></html>"""


def pagina(html: str, **quitar: str) -> Pagina:
    cabeceras = Headers({nombre: f"script-src 'self' 'nonce-{NONCE}'" for nombre in CABECERAS})
    for nombre in quitar.values():
        del cabeceras[nombre]
    return Pagina("/", 200, cabeceras, html.encode())


def test_una_buena_pasa() -> None:
    assert faltas_de(pagina(BUENA)) == []


@pytest.mark.parametrize("de, a, falta", [
    ("<h1>Convenios</h1>", "", "tiene 0 h1"), ("<h1>", "<h1>Otro</h1><h1>", "tiene 2 h1"),
    ('lang="es-MX"', 'lang="en"', "lang"), ("<code>", '<link rel="stylesheet" href="//cdn.example/x.css"><code>', "de fuera"),
    ("Convenios · IPOMEX", " · IPOMEX", "título"), ("Convenios · IPOMEX", "IPOMEX", "título"),
    ("<code>", '<i id="q"></i><code>', "id repetido: q"), ("<code>", '<b onclick="x()">x</b><code>', "onclick"),
    ("<code>", '<b style="color:red">x</b><code>', "style"), ("<code>", "<script>x()</script><code>", "nonce"),
    ("<code>", '<script nonce="otro">x()</script><code>', "nonce"),
    ("<code>", '<a href="javascript:x()">x</a><code>', "ejecuta"),
    ("<code>", '<script src="//malo.example/x.js"></script><code>', "de fuera"),
    ("<code>", '<img src="https://malo.example/x.png"><code>', "de fuera"),
    ("<code>", "<p>Área: None</p><code>", "'None'"), ("<code>", "<p>[object Object]</p><code>", "object"),
    ("<code>", "<p>{{ formato.nombre }}</p><code>", "{{"), ("<code>", "<p>licitacion_publica</p><code>", "licitacion_publica"),
    ("<code>", '<input placeholder="None"><code>', "'None'"), ("<code>", "<p>&amp;lt;b&amp;gt;</p><code>", "&lt;"),
    ('<input name="csrf_token" value="x">', "", "no trae su testigo"),
    ('<input name="csrf_token" value="x">', '<input name="csrf_token" value="">', "no trae su testigo"),
    ('<form action="/buscar">', '<form action="/buscar"><input name="csrf_token" value="x">', "enseña su testigo"),
])
def test_cada_falta_se_nota(de: str, a: str, falta: str) -> None:
    assert de in BUENA
    assert any(falta in dicha for dicha in faltas_de(pagina(BUENA.replace(de, a)))), faltas_de(pagina(BUENA.replace(de, a)))


@pytest.mark.parametrize("nombre", CABECERAS)
def test_falta_una_cabecera(nombre: str) -> None:
    assert f"falta la cabecera {nombre}" in faltas_de(pagina(BUENA, sin=nombre))


def test_el_formulario_se_lee_como_lo_manda_el_navegador() -> None:
    html = """<form method="post" action="/x"><input name="a" value="1"><input type="checkbox" name="b" value="2">
    <input type="checkbox" name="b" value="3" checked><select name="c"><option value="4">No</option><option selected>Sí</option>
    </select><textarea name="d">\ndos\nrenglones</textarea><input type="file" name="e"><button name="f" value="9">Va</button>
    <template><input name="g" value="7"></template></form>"""
    forma = pagina(html).forma("form")
    assert isinstance(forma, Forma) and forma.es_post and forma.destino == "/x"
    assert forma.campos.to_dict(flat=False) == {"a": ["1"], "b": ["3"], "c": ["Sí"], "d": ["dos\nrenglones"]}
