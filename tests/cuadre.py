"""El cuadre: lo que la base cuenta de sí misma, contra lo que de veras tiene. Casi toda prueba acaba así."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from peewee import fn

from models.actos import Acto, ContenidoAnterior, PubVersion
from models.actos_publicos import PubActo
from models.adjuntos import PubArchivo, RegistroArchivo
from models.base import db
from models.conteos import PubResumen, Tablero
from models.domain.catalogo_vigente import vigente
from models.domain.estados import Estado
from models.formatos import Tabla
from models.sumas import PubSuma, currency_of, dividing_field, join_suma, summable
from models.versiones_publicas import read_versiones
from tests.bases import Base
from tests.elenco import CLAVE


def cuadra(base: Base, claves: Iterable[str] | None = None) -> None:
    """Falla si un contador no es la cuenta de sus filas. Sin ``claves``, revisa todos los formatos."""
    for clave in claves or vigente.foto.tablas:
        tabla = vigente.foto.tablas[clave]
        trabajo = _cuenta(tabla.trabajo, "estado")
        assert _contadores(Tablero, clave, "estado") == trabajo, f"tablero: {clave}, {base.motor}"
        assert _contadores(PubResumen, clave) == _cuenta(tabla.publica), f"pub_resumen: {clave}, {base.motor}"
        assert _saldos(clave) == _cuenta(tabla.publica), f"pub_acto: {clave}, {base.motor}"
        assert _dichas(clave) == _sumas(tabla), f"pub_suma: {clave}, {base.motor}"


def integro(base: Base, clave: str = CLAVE) -> None:
    """Falla si algún registro quedó a medio hacer, o si lo público no es justo lo último que se aprobó."""
    cuadra(base, [clave])
    tabla = vigente.foto.tablas[clave]
    filas = {(fila.sujeto_id, fila.id): fila for fila in tabla.trabajo.select()}
    copias = {(copia.sujeto_id, copia.id): copia for copia in tabla.publica.select()}
    versiones = defaultdict(list)
    for sujeto_id in {sujeto_id for sujeto_id, _ in filas}:
        for version in read_versiones(db.obj, clave, sujeto_id, [id_ for suyo, id_ in filas if suyo == sujeto_id]):
            versiones[sujeto_id, version.registro_id].append(version)
    quedan = PubVersion.select().where(PubVersion.clave == clave, PubVersion.hasta.is_null(False)).count()
    assert sum(v.hasta is not None for suyas in versiones.values() for v in suyas) == quedan, "versiones de nadie"
    _actos_completos(clave, filas)
    assert _en_el_indice(filas.keys()) == copias.keys(), "el índice no tiene justo lo público"
    for llave, fila in filas.items():
        _publico_completo(fila, copias.get(llave), versiones[llave])
    _archivos_completos(tabla, filas, copias)


def _actos_completos(clave: str, filas: dict[tuple[int, int], Any]) -> None:
    """Cada versión de cada registro tiene su acto, el último dice el estado en que está, y lo que se reemplazó se guardó."""
    guardados = set(ContenidoAnterior.select(
        ContenidoAnterior.sujeto_id, ContenidoAnterior.registro_id, ContenidoAnterior.version).tuples())
    actos = defaultdict(list)
    for acto in Acto.select().where(Acto.clave == clave).order_by(Acto.version):
        actos[acto.sujeto_id, acto.registro_id].append(acto)
    for llave, fila in filas.items():
        assert [acto.version for acto in actos[llave]] == list(range(1, fila.version + 1)), llave
        assert actos[llave][-1].estado == fila.estado, llave
        reemplazos = {(*llave, acto.version - 1) for acto in actos[llave] if acto.acto in ("editar", "restaurar_version")}
        assert reemplazos <= guardados, f"{llave}: un contenido se reemplazó sin guardarse"


def _publico_completo(fila: Any, copia: Any, versiones: list[Any]) -> None:
    assert (fila.publica is not None) == (copia is not None), f"{fila.id}: publica={fila.publica}, y su copia no"
    assert [v.numero for v in versiones] == list(range(1, fila.numero_publico + 1)), f"{fila.id}: faltan versiones"
    abiertas = [v for v in versiones if v.hasta is None]
    assert [v.numero for v in abiertas] == ([] if fila.publica is None else [fila.publica]), f"{fila.id}: abierta"
    assert all(antes.hasta <= despues.desde for antes, despues in zip(versiones, versiones[1:], strict=False))
    if copia is None:
        assert fila.estado != Estado.PUBLICADO, f"{fila.id}: publicado sin copia"
        return
    assert all(antes.hasta <= copia.validado_en for antes in versiones[:-1]), f"{fila.id}: dos versiones a la vez"
    dicho = {a.contenido for a in ContenidoAnterior.select().where(
        ContenidoAnterior.sujeto_id == fila.sujeto_id, ContenidoAnterior.registro_id == fila.id)}
    assert copia.contenido in {fila.contenido, *dicho}, f"{fila.id}: lo público no es nada que se haya aprobado"
    if fila.estado == Estado.PUBLICADO:
        assert copia.contenido == fila.contenido, f"{fila.id}: publicado, y la ciudadanía ve otra cosa"
    assert fila.estado not in (Estado.RETIRADO, Estado.BORRADO), f"{fila.id}: {fila.estado} y con copia"


def _archivos_completos(tabla: Tabla, filas: dict[tuple[int, int], Any], copias: dict[tuple[int, int], Any]) -> None:
    publicos = Counter((a.sujeto_id, a.registro_id) for a in PubArchivo.select().where(PubArchivo.clave == tabla.clave))
    assert publicos.keys() <= copias.keys(), "hay archivos públicos de lo que no es público"
    suyos = Counter((a.sujeto_id, a.registro_id)
                    for a in RegistroArchivo.select().where(RegistroArchivo.clave == tabla.clave))
    for llave, fila in filas.items():
        if fila.estado == Estado.PUBLICADO:
            assert publicos[llave] == suyos[llave], f"{llave}: archivos"


def _en_el_indice(de: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Los registros de esos que una búsqueda puede encontrar."""
    columna = "id" if db.obj.for_update else "rowid"
    return {tuple(par) for par in db.execute_sql(f"SELECT sujeto_id, {columna} FROM pub_busqueda")} & set(de)


def _contadores(modelo: Any, clave: str, *mas: str) -> dict[Any, int]:
    llave = [modelo.sujeto_id, modelo.ejercicio, modelo.periodo, *(getattr(modelo, nombre) for nombre in mas)]
    filas = modelo.select(*llave, modelo.n).where(modelo.clave == clave, modelo.n != 0)
    return {tuple(partes): n for *partes, n in filas.tuples()}


def _dichas(clave: str) -> dict[Any, tuple[int, int]]:
    """Lo que ``pub_suma`` dice de un formato."""
    filas = PubSuma.select().where(PubSuma.clave == clave)
    dichas = {(f.sujeto_id, f.ejercicio, f.periodo, f.campo, f.opcion, f.moneda): (f.con_valor, join_suma(f.alta, f.baja))
              for f in filas}
    return {lugar: suma for lugar, suma in dichas.items() if suma != (0, 0)}


def _sumas(tabla: Tabla) -> dict[Any, tuple[int, int]]:
    """Lo que suma lo público, registro por registro: cuántos traen cada dato, y cuánto."""
    divide, sumas = dividing_field(tabla.formato), defaultdict[Any, list[int]](list)
    if divide is None and not summable(tabla.formato):
        return {}
    for copia in tabla.publica.select():
        opcion = (getattr(copia, tabla.columnas[divide.nombre]) or "") if divide else ""
        lugar = (copia.sujeto_id, copia.ejercicio, copia.periodo)
        sumas[*lugar, "", opcion, ""].append(0)
        for campo in summable(tabla.formato):
            moneda = currency_of(tabla.formato, campo)
            en = (getattr(copia, tabla.columnas[moneda.nombre]) or "") if moneda else ""
            if (valor := getattr(copia, tabla.columnas[campo.nombre])) is not None:
                sumas[*lugar, campo.nombre, opcion, en].append(valor)
    return {lugar: (len(valores), sum(valores)) for lugar, valores in sumas.items()}


def _cuenta(modelo: Any, *mas: str) -> dict[Any, int]:
    llave = [modelo.sujeto_id, modelo.ejercicio, modelo.periodo, *(getattr(modelo, nombre) for nombre in mas)]
    return {tuple(partes): n for *partes, n in modelo.select(*llave, fn.COUNT(modelo.id)).group_by(*llave).tuples()}


def _saldos(clave: str) -> dict[Any, int]:
    """Lo que los actos públicos suman en cada lugar: con eso se contesta qué era público un día."""
    llave = [PubActo.sujeto_id, PubActo.ejercicio, PubActo.periodo]
    filas = PubActo.select(*llave, fn.SUM(PubActo.saldo)).where(PubActo.clave == clave).group_by(*llave)
    return {tuple(partes): int(saldo) for *partes, saldo in filas.tuples() if saldo}
