"""``python -m tests.fuzz_libros [CUÁNTOS] [SEMILLA]``: libros mutilados al azar; cada uno se lee o es una frase clara.

Se mutilan los bytes del archivo, y también sus partes por dentro con el paquete vuelto a cerrar bien: lo segundo es lo que
llega hasta quien interpreta el XML. La misma semilla hace siempre los mismos libros.
"""

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.proceso import check_libro
from tests.test_revision_expediente import pedido_de
from tests.test_revision_formas import ENCABEZADOS, RENGLONES, csv_de, nuestra, ods, plantilla, xls, xlsx
from tests.test_validacion import formato

SEGUNDOS = 5
Mutilar = Callable[[bytes, random.Random], bytes]


@cache
def bases() -> list[bytes]:
    """Los libros buenos de que se parte."""
    llena = plantilla(nuestra(descripcion="Bacheo", monto=5, cambios=1), cambios=((1, "A", "B"),))
    return [xlsx(ENCABEZADOS, *RENGLONES), llena,
            xls(ENCABEZADOS, *RENGLONES), ods(ENCABEZADOS, *RENGLONES), csv_de(";", "cp1252"), csv_de("\t", "utf-16")]


def flip(libro: bytes, azar: random.Random) -> bytes:
    """Unos cuantos bytes cambiados."""
    mutilado = bytearray(libro)
    for _ in range(azar.choice((1, 2, 8, 64))):
        mutilado[azar.randrange(len(mutilado))] = azar.randrange(256)
    return bytes(mutilado)


def cut(libro: bytes, azar: random.Random) -> bytes:
    """Cortado por cualquier lado."""
    a, b = sorted((azar.randrange(len(libro)), azar.randrange(len(libro))))
    return azar.choice((libro[:a], libro[a:], libro[:a] + libro[b:], libro[:b] + libro[a:]))


def inside(libro: bytes, azar: random.Random) -> bytes:
    """Una de sus partes mutilada, y el paquete cerrado como si nada."""
    if not libro.startswith(b"PK"):
        return flip(libro, azar)
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(libro)) as viejo, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as nuevo:
        nombres = viejo.namelist()
        elegida = azar.choice([nombre for nombre in nombres if "sheet" in nombre or "content" in nombre] + nombres)
        for nombre in nombres:
            datos = viejo.read(nombre)
            if nombre != elegida:
                nuevo.writestr(nombre, datos)
            elif datos and azar.random() < 0.95:
                nuevo.writestr(nombre, azar.choice((flip, cut, swap, repeat))(datos, azar))
    return salida.getvalue()


def swap(libro: bytes, azar: random.Random) -> bytes:
    """Un número o una palabra por otra cosa: la clase de daño que sigue siendo XML."""
    viejo, nuevo = azar.choice((
        (b'"1"', b'"99999999"'), (b'r="A2"', b'r="XFD1048576"'), (b'r="A2"', b'r=""'), (b"<v>0</v>", b"<v>4294967295</v>"),
        (b"<v>", b"<v>-"), (b't="s"', b't="e"'), (b't="s"', b't="d"'), (b'r="2"', b'r="0"'), (b"sheet", b"sheeet"),
        (b"count=", b"c="),
        (b"<row", b"<row><row"), (b"</c>", b""), (b"office:value-type", b"office:value"), (b"utf-8", b"utf-7"),
        (b'rId1"', b'rId9"'), (b"<si>", b"<si><si>"), (b'ref="', b'ref="A1:XFD1048576" x="'), (b"numFmtId", b"x")))
    return libro.replace(viejo, nuevo, azar.choice((1, -1)))


def repeat(libro: bytes, azar: random.Random) -> bytes:
    """Un trozo repetido muchas veces."""
    a, b = sorted((azar.randrange(len(libro)), azar.randrange(len(libro))))
    return libro[:b] + libro[a:b] * azar.choice((1, 20, 400)) + libro[b:]


MUTILAR: tuple[Mutilar, ...] = (flip, cut, inside, inside, inside)


def mutilate(numero: int, semilla: int, buenos: list[bytes]) -> bytes:
    """El libro mutilado número ``numero``."""
    azar = random.Random(semilla * 1_000_003 + numero)
    return azar.choice(MUTILAR)(azar.choice(buenos), azar)


def try_libro(contenido: bytes, pedido: Pedido, carpeta: Path) -> str:
    """``leído`` o ``rechazado``. Falla si tarda, si deja algo o si lo que dice no es una frase."""
    ruta = carpeta / "libro"
    ruta.write_bytes(contenido)
    inicio, dicho = time.monotonic(), "leído"
    try:
        check_libro(ruta, pedido, carpeta / "e.db")
        (carpeta / "e.db").unlink()
    except LibroRechazado as rechazo:
        dicho = "rechazado"
        assert len(str(rechazo)) > 30 and str(rechazo)[0].isupper(), str(rechazo)
    if time.monotonic() - inicio >= SEGUNDOS:
        raise TimeoutError("tardó demasiado")
    assert [uno.name for uno in carpeta.iterdir()] == ["libro"], "dejó algo"
    return dicho


def _try_dos_veces(contenido: bytes, pedido: Pedido, carpeta: Path) -> str:
    """Otra vez si tardó: puede ser que la máquina estuviera en otra cosa."""
    try:
        return try_libro(contenido, pedido, carpeta)
    except TimeoutError:
        return try_libro(contenido, pedido, carpeta)


def main(cuantos: int, semilla: int) -> int:
    """Los prueba todos y dice cuántos se leyeron; da cuántos fallaron."""
    buenos, pedido, cuenta, fallas = bases(), pedido_de(formato()), Counter[str](), 0
    with TemporaryDirectory() as carpeta:
        for numero in range(cuantos):
            contenido = mutilate(numero, semilla, buenos)
            try:
                cuenta[_try_dos_veces(contenido, pedido, Path(carpeta))] += 1
            except Exception as error:
                fallas += 1
                print(f"El libro {numero} (semilla {semilla}): {type(error).__name__}: {error}", file=sys.stderr)
    print(f"{cuantos} libros mutilados: {cuenta['leído']} se leyeron, {cuenta['rechazado']} se rechazaron, {fallas} fallaron.")
    return fallas


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if sys.argv[1:] else 2_000, int(sys.argv[2]) if sys.argv[2:] else 4) else 0)
