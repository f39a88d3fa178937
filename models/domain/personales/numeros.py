"""Los que son puras cifras: CLABE, tarjeta, seguridad social y teléfono. Lo que los rodea ayuda a no confundirlos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.domain.personales.digitos import checks_clabe, checks_luhn
from models.domain.personales.propios import Propios, ten_digits

Hallado = tuple[str, int, int]
"""(clase, inicio, fin) en el texto, que viene en mayúsculas."""

_CORRIDA = re.compile(r"(?<![0-9A-ZÑ])(?<![0-9A-Z][./,:])(?:\+|\()?[0-9](?:[ .()\-]{0,2}[0-9]){9,24}(?![0-9A-ZÑ])(?![/,][0-9])")
_CIFRAS = re.compile(r"[0-9]{10,19}")
_DE_CUATRO = re.compile(r"(?<![0-9])[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9])")
_DE_TELEFONO = re.compile(r"(?<![0-9])(?:[0-9]{2}([ .-])[0-9]{4}[ .-]?[0-9]{4}|[0-9]{3}([ .-])[0-9]{3}[ .-][0-9]{4})(?![0-9])")

_NO_ES_DE_NADIE = re.compile(
    r"FOLIO|EXPEDIENTE|OFICIO|CONTRATO|CONVENIO|CATASTRAL|PRESUPUEST|PROGRAM[AÁ]TICA|PARTIDA|LICITACI[OÓ]N|FACTURA|INVENTARIO|SERIE"
    r"|C[OÓ]DIGO|REGISTRO|PEDIDO|P[OÓ]LIZA|NOTARIAL|REFERENCIA|N[UÚ]MERO DE CONTROL|PROCEDIMIENTO|ACTA |ESCRITURA|C[EÉ]DULA")
_CUENTA = re.compile(r"CLABE|CUENTA|INTERBANCARIA|BANCO|BANCARI|SPEI|TRANSFERENCIA|DEP[OÓ]SITO")
_TARJETA = re.compile(r"TARJETA|VISA|MASTERCARD|AMERICAN EXPRESS|D[EÉ]BITO|CR[EÉ]DITO")
_SEGURO = re.compile(r"\bNSS\b|\bIMSS\b|ISSEMYM|ISSSTE|SEGUR(?:IDAD|O) SOCIAL|AFILIACI[OÓ]N")
_LLAMAR = re.compile(r"\bTEL\b|TEL[EÉ]F|\bCEL\b|CELULAR|M[OÓ]VIL|WHATS|LLAMAR|CONTACTO|RECADOS")
_DE_MARCA = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[0-8]\d{14}|5018\d{9,15}|2(?:2[2-9]|[3-6]\d|7[0-2])\d{13}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}"
    r"|6\d{15}|35\d{14}|[2-6]\d{15}")
"""Cómo empiezan y cuánto miden las tarjetas que hay."""

_LADAS = re.compile(
    r"(?:55|56|33|81)\d{8}|(?:722|71[1-9]|72[01345678]|59[1-9]|58[68]|743|751|76[17]|777|771|773|775|779|222|442|443|461|477"
    r"|229|228|961|981|999|998|664|656|667|614|618|444|449|844|871|833|867|899|951|954|744|747|311|312|492|612)\d{7}")
"""Las de aquí, las de los alrededores y las de ciudades grandes: diez cifras seguidas que empiezan así son un teléfono."""

_GRATUITO = re.compile(r"(?:800|900)\d{7}")


def find_numeros(texto: str, pista: str, propios: Propios, *, telefonos: bool) -> Iterator[Hallado]:
    """Los hallados en ``texto``; ``pista`` es el nombre del campo, que también dice de qué se trata."""
    for corrida in _CORRIDA.finditer(texto):
        inicio, fin = corrida.span()
        entorno = _Entorno(texto, inicio, fin, pista)
        cifras = re.sub(r"\D", "", corrida[0])
        if clase := _clase_de(cifras, corrida[0], entorno, propios, telefonos):
            yield clase, inicio, fin
        elif len(cifras) > 12:
            yield from _partes(corrida, entorno, propios, telefonos)


class _Entorno:
    """Lo que hay alrededor de un número: unas letras antes, unas después, y el nombre del campo."""

    def __init__(self, texto: str, inicio: int, fin: int, pista: str) -> None:
        self.antes = texto[max(0, inicio - 45):inicio]
        self.todo = f"{pista} {self.antes} {texto[fin:fin + 25]}"
        self.pista = pista

    def says(self, patron: re.Pattern[str]) -> bool:
        return patron.search(self.todo) is not None

    def is_clerical(self) -> bool:
        """Si lo que se anuncia es un folio o un contrato, y no algo de una persona."""
        return _NO_ES_DE_NADIE.search(f"{self.pista} {self.antes[-30:]}") is not None


def _clase_de(cifras: str, escrito: str, entorno: _Entorno, propios: Propios, telefonos: bool) -> str | None:
    n = len(cifras)
    if n == 18 and checks_clabe(cifras) and (entorno.says(_CUENTA) or not entorno.is_clerical()):
        return "clabe"
    if 13 <= n <= 19 and checks_luhn(cifras) and (
            entorno.says(_TARJETA) or (_DE_MARCA.fullmatch(cifras) and not entorno.is_clerical())):
        return "tarjeta"
    if n == 11 and checks_luhn(cifras) and entorno.says(_SEGURO):
        return "nss"
    return "telefono" if telefonos and n <= 13 and _es_telefono(escrito, entorno, propios) else None


def _es_telefono(escrito: str, entorno: _Entorno, propios: Propios) -> bool:
    diez = ten_digits(escrito)
    if not diez or diez[0] in "01" or _GRATUITO.fullmatch(diez) or diez in propios.telefonos:
        return False
    if entorno.says(_LLAMAR):
        return True
    if entorno.is_clerical():
        return False
    con_prefijo = escrito.startswith("+") or len(re.sub(r"\D", "", escrito)) > 10
    return con_prefijo or _agrupado(escrito) or bool(_LADAS.fullmatch(diez))


def _agrupado(escrito: str) -> bool:
    """Si las cifras vienen en los grupos con que se escribe un teléfono, y no en otros."""
    grupos = tuple(len(grupo) for grupo in re.findall(r"\d+", escrito))
    return grupos in {(2, 4, 4), (2, 8), (3, 3, 4), (3, 7), (3, 3, 2, 2), (2, 2, 2, 2, 2), (3, 2, 2, 3), (2, 4, 2, 2)}


def _partes(corrida: re.Match[str], entorno: _Entorno, propios: Propios, telefonos: bool) -> Iterator[Hallado]:
    """Varios números seguidos se leyeron como uno: se busca dentro."""
    base = corrida.start()
    for patron in (_DE_CUATRO, _CIFRAS, _DE_TELEFONO):
        hallados = [(clase, base + parte.start(), base + parte.end()) for parte in patron.finditer(corrida[0])
                    if (clase := _clase_de(re.sub(r"\D", "", parte[0]), parte[0], entorno, propios, telefonos))]
        if hallados:
            yield from hallados
            return
