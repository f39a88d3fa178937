"""Un PDF válido hecho a mano: título, renglones y las páginas que se pidan. Sin bibliotecas, para que pese poco."""

from __future__ import annotations

from collections.abc import Sequence

_ANCHO, _ALTO, _MARGEN = 612, 792, 72
_TAMANOS = (18, 11)
_SALTO = 18


def make_pdf(titulo: str, renglones: Sequence[str], paginas: int = 1) -> bytes:
    """Un documento tamaño carta; cada página repite el título y dice su número."""
    hojas = [_page_stream(titulo, [*renglones, f"Página {n} de {paginas}"]) for n in range(1, paginas + 1)]
    hijos = " ".join(f"{5 + 2 * i} 0 R" for i in range(paginas))
    objetos = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (es-MX) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{hijos}] /Count {paginas} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title " + _literal(titulo) + b" /Producer (IPOMEX) >>",
    ]
    for i, hoja in enumerate(hojas):
        objetos.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_ANCHO} {_ALTO}] /Contents {6 + 2 * i} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objetos.append(f"<< /Length {len(hoja)} >>\nstream\n".encode() + hoja + b"\nendstream")
    return _assemble(objetos)


def _page_stream(titulo: str, renglones: Sequence[str]) -> bytes:
    grande, chica = _TAMANOS
    partes = [f"BT /F1 {grande} Tf {_MARGEN} {_ALTO - _MARGEN} Td ".encode(), _literal(titulo), b" Tj\n",
              f"/F1 {chica} Tf\n".encode()]
    for renglon in renglones:
        partes += [f"0 -{_SALTO} Td ".encode(), _literal(renglon), b" Tj\n"]
    return b"".join([*partes, b"ET"])


def _literal(texto: str) -> bytes:
    """El texto entre paréntesis, en la codificación de la fuente."""
    limpio = texto.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + limpio.encode("cp1252", "replace") + b")"


def _assemble(objetos: Sequence[bytes]) -> bytes:
    """Los objetos numerados desde 1, su tabla de posiciones y el final."""
    salida = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    posiciones = []
    for numero, objeto in enumerate(objetos, start=1):
        posiciones.append(len(salida))
        salida += f"{numero} 0 obj\n".encode() + objeto + b"\nendobj\n"
    inicio = len(salida)
    salida += f"xref\n0 {len(objetos) + 1}\n0000000000 65535 f \n".encode()
    salida += b"".join(f"{posicion:010} 00000 n \n".encode() for posicion in posiciones)
    salida += (f"trailer\n<< /Size {len(objetos) + 1} /Root 1 0 R /Info 4 0 R >>\n"
               f"startxref\n{inicio}\n%%EOF\n").encode()
    return bytes(salida)
