"""El buscador sobre el millón: lo que tarda cada búsqueda, con sus facetas y sin nada recordado, y contra Datasette.

Cada petición lleva un parámetro que nadie lee y que no se repite: así ninguna sale de las páginas recordadas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from statistics import median, quantiles
from urllib.parse import urlencode

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente
from benchmarks.datasette import datasette
from benchmarks.instituciones import CHICA, GRANDE, MEDIANA
from benchmarks.medidor import turnar
from benchmarks.servidores import Servidor, servidor

EN_UNA, EN_TODAS, MIENTRAS_TECLEA = 50.0, 150.0, 30.0
VECES_DATASETTE = 10.0

PALABRAS = ("san", "lorenzo coacalco", "canasta alimentaria", "Itzel Peña", "ñáñez", '"piso firme"', "adul*",
            "becas transporte san")
"""De la que está en todos los registros a las que están en pocos."""

RANGOS: tuple[Mapping[str, str], ...] = (
    {"monto_desde": "5000"}, {"monto_desde": "5123.01", "monto_hasta": "5124"}, {"ejercicio": "2025", "periodo": "T2"},
    {"q": "san", "monto_hasta": "1,000"}, {"articulo": "12", "q": "becas"})
NADA = ({"q": "canazta"}, {"q": "itzel zzzz"})
TECLEADO = ("s", "sa", "san", "cana", "institución de", "so-0", "remun", "sueldos")

_numero = count()


def medir(banco: Banco) -> None:
    datos = banco.base(banco.plan.filas)
    pedidas = [{"q": palabras} for palabras in PALABRAS] + [*RANGOS, *NADA]
    with servidor(datos) as casa:
        en_una = [dict(pedida, institucion=siglas) for pedida in pedidas for siglas in (GRANDE, MEDIANA, CHICA)]
        _anotar(banco, casa, "busqueda_en_una_institucion_p95", EN_UNA, en_una)
        _anotar(banco, casa, "busqueda_en_todas_p95", EN_TODAS, pedidas)
        _anotar(banco, casa, "sugerencias_p95", MIENTRAS_TECLEA, [{"q": t} for t in TECLEADO], "/buscar/sugerencias")
    with servidor(datos) as casa, datasette(datos) as otra:
        _comparar(banco, casa.cliente(), Cliente(otra.puerto), otra.buscar("san", CHICA), {"q": "san", "institucion": CHICA})


def _anotar(
    banco: Banco, casa: Servidor, figura: str, limite: float, pedidas: Iterable[Mapping[str, str]], ruta: str = "/buscar",
) -> None:
    """El percentil 95 de todas; cada una se pide varias veces, después de una que no cuenta.

    ``procesador`` es lo que cada petición le costó al servidor: lo que tardaría con la máquina para él solo.
    """
    cliente, antes = casa.cliente(), casa.cpu()
    medidas = {str(dict(pedida)): list(_tiempos(cliente, ruta, pedida, max(2, banco.plan.vueltas // 8))) for pedida in pedidas}
    gastado = (casa.cpu() - antes) * 1000
    todas = sorted(ms for suyas in medidas.values() for ms in suyas)
    peor = max(medidas, key=lambda cual: median(medidas[cual]))
    banco.libreta.anotar(figura, quantiles(todas, n=20)[-1], "ms", limite if banco.plan.es_completo else None,
                         mediana=median(todas), peticiones=len(todas),
                         procesador=gastado / (len(todas) + len(medidas)), la_mas_cara=peor, su_mediana=median(medidas[peor]))


def _tiempos(cliente: Cliente, ruta: str, pedida: Mapping[str, str], veces: int) -> Iterator[float]:
    for vez in range(veces + 1):
        ms = cliente.ver(f"{ruta}?{urlencode({**pedida, 'sin-recordar': next(_numero)})}").ms
        if vez:
            yield ms


def _comparar(banco: Banco, casa: Cliente, otra: Cliente, suya: str, pedida: Mapping[str, str]) -> None:
    """La misma búsqueda en la misma institución, de una en una y por turnos. A Datasette no se le quita nada que recuerde."""
    medidas = turnar({
        "casa": lambda: casa.ver(f"/buscar?{urlencode({**pedida, 'sin-recordar': next(_numero)})}").ms,
        "datasette": lambda: otra.ver(suya).ms}, max(2, banco.plan.vueltas // 4))
    banco.libreta.anotar("busqueda_contra_datasette", medidas["datasette"] / medidas["casa"], "veces",
                         VECES_DATASETTE if banco.plan.es_completo else None, "minimo", casa_ms=medidas["casa"],
                         datasette_ms=medidas["datasette"])
