"""Los que no son una clave sino una frase: la fecha de nacimiento, y el domicilio junto al nombre de alguien."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.domain.personales.numeros import Hallado

_MES = "ENERO|FEBRERO|MARZO|ABRIL|MAYO|JUNIO|JULIO|AGOSTO|SEPTIEMBRE|SETIEMBRE|OCTUBRE|NOVIEMBRE|DICIEMBRE"
_NACIO = re.compile(
    rf"(?:\bNACID[OA]|\bNACI[OÓ]|(?<!ACTA DE )(?<!ACTAS DE )NACIMIENTO)\b.{{0,25}}?"
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}} DE (?:{_MES})(?: DE(?:L)?)? \d{{4}})")

_CALLE = r"(?:CALLE|C/|AV\.|AVENIDA|ANDADOR|PRIVADA|PRIV\.|CALLEJ[OÓ]N|CERRADA|BOULEVARD|BLVD\.?|PROLONGACI[OÓ]N|CAMINO)"
_COLONIA = r"(?:COL\.|COLONIA|BARRIO|FRACC\.|FRACCIONAMIENTO|MANZANA|MZA?\.|LOTE|LT\.|C\.? ?P\.?:? ?(?=5\d{4}))"
_DOMICILIO = re.compile(rf"\b{_CALLE}[^;\n]{{1,60}}?\d{{1,5}}|\b{_COLONIA}[^;\n]{{0,40}}?\d{{1,5}}")
_VIVE = re.compile(
    r"DOMICILIO PARTICULAR|SU DOMICILIO|SU CASA|\bVIVE(?:N)? EN|\bHABITA(?:N)? EN|CASA HABITACI[OÓ]N|QUIEN RESIDE|RESIDENTE EN"
    r"|VECIN[OA] DE")


def _palabras(juntas: str) -> frozenset[str]:
    return frozenset(juntas.split())


_NOMBRES = _palabras(
    "JOSE JOSÉ MARIA MARÍA JUAN GUADALUPE FRANCISCO ANTONIO JESUS JESÚS MIGUEL PEDRO ALEJANDRO ALEJANDRA MANUEL ROSA "
    "MARGARITA JAVIER VERONICA VERÓNICA FERNANDO FERNANDA LETICIA CARLOS LUIS JORGE RICARDO PATRICIA ELIZABETH GABRIEL "
    "GABRIELA DANIEL DANIELA ADRIAN ADRIÁN ADRIANA ROBERTO ANA RAUL RAÚL CARMEN SILVIA MARTIN MARTÍN EDUARDO ARTURO "
    "SERGIO ALICIA JUANA TERESA YOLANDA NORMA GLORIA LAURA MARTHA IRMA SOFIA SOFÍA ENRIQUE HECTOR HÉCTOR VICTOR VÍCTOR "
    "RAFAEL FELIPE BEATRIZ CLAUDIA LUCIA LUCÍA JULIETA ERNESTO INES INÉS TOMAS TOMÁS BLANCA PABLO DIEGO OSCAR ÓSCAR "
    "ALBERTO ANDRES ANDRÉS ISABEL SARA ELENA")
"""Los más comunes: bastan para saber que se habla de una persona."""

_PALABRA = r"[A-ZÁÉÍÓÚÑÜ]{2}[A-ZÁÉÍÓÚÑÜ']*"
_APELLIDOS = rf"(?: (?:DE (?:LA |LOS |LAS )?|DEL )?{_PALABRA})"
_NO_ES_CALLE = r"(?! ?(?:N[UÚ]?M?\. ?|#|S/N)?\d)"
_PERSONA = re.compile(
    r"\b(?:C\.|CC\.|SR\.|SRA\.|SRITA\.|SE[ÑN]OR(?:A|ITA)?|CIUDADAN[OA]|DO[ÑN]A|DON|BENEFICIARI[OA]:?|MENOR)"
    rf"(?> {_PALABRA}{_APELLIDOS}{{1,4}}){_NO_ES_CALLE}")
_NOMBRE = re.compile(rf"\b(?:{'|'.join(sorted(_NOMBRES))})(?>{_APELLIDOS}{{2,4}}){_NO_ES_CALLE}")
_DE_LA_CALLE = re.compile(
    rf"(?:{_CALLE}(?: \w+)?|{_COLONIA}|ESQ\.|ESQUINA(?: CON)?|ENTRE|CON| Y|ESCUELA|PRIMARIA|SECUNDARIA|PREPARATORIA|PARQUE"
    r"|UNIDAD|CENTRO) ?$")
MINIMO, _CORTO = 14, 30
"""Letras: en menos no caben una fecha de nacimiento, y un domicilio y de quién es."""

_VIAS = _palabras(
    "CALLE C/ AV. AV AVENIDA ANDADOR PRIVADA PRIV. CALLEJÓN CALLEJON CERRADA BOULEVARD BLVD. BLVD PROLONGACIÓN "
    "PROLONGACION CAMINO COL. COLONIA BARRIO FRACC. FRACCIONAMIENTO MANZANA MZ. MZA. LOTE LT. C.P. CP")
_SENALES = _NOMBRES | _palabras(
    "C. CC. SR. SRA. SRITA. SEÑOR SEÑORA SEÑORITA CIUDADANO CIUDADANA DOÑA DON BENEFICIARIO BENEFICIARIA BENEFICIARIO: "
    "BENEFICIARIA: MENOR PARTICULAR SU VIVE VIVEN HABITA HABITAN CASA RESIDE RESIDENTE VECINO VECINA PARTICULAR:")
"""Las palabras que se buscan primero, porque hallarlas no cuesta: sin una de cada grupo no hay domicilio de nadie."""

_CERCA = 120
"""Letras entre el nombre y el domicilio para decir que es el suyo."""


def has_frases(texto: str) -> bool:
    """Si vale la pena buscarlas; casi nunca. Casi no cuesta."""
    largo = len(texto)
    if largo < MINIMO:
        return False
    if "naci" in texto or "Naci" in texto or "NACI" in texto:
        return True
    return largo >= _CORTO and not (_VIAS.isdisjoint(palabras := texto.upper().split()) or _SENALES.isdisjoint(palabras))


def find_frases(texto: str) -> Iterator[Hallado]:
    """En texto libre, ya en mayúsculas."""
    for hallada in _NACIO.finditer(texto) if "NAC" in texto else ():
        yield "nacimiento", *hallada.span()
    for hallada in _DOMICILIO.finditer(texto):
        if _es_de_alguien(texto, *hallada.span()):
            yield "domicilio", *hallada.span()
            return


def _es_de_alguien(texto: str, inicio: int, fin: int) -> bool:
    """Si al lado dice que ahí vive alguien, o está el nombre de una persona que no es el de la calle."""
    desde = max(0, inicio - _CERCA)
    if _VIVE.search(texto, desde, inicio):
        return True
    tramos = ((desde, inicio), (fin, min(len(texto), fin + 60)))
    return any(_hay_persona(texto, *tramo) for tramo in tramos)


def _hay_persona(texto: str, desde: int, hasta: int) -> bool:
    if _PERSONA.search(texto, desde, hasta):
        return True
    return any(not _DE_LA_CALLE.search(texto, max(0, nombre.start() - 25), nombre.start())
               for nombre in _NOMBRE.finditer(texto, desde, hasta))
