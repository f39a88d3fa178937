"""Mantener ``pub_suma``: lo que unos registros suman, en una sola pasada, y su diferencia escrita de una vez."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peewee import SQL

from fracciones_config import Catalogo
from models.base import db
from models.domain.workflow.conjuntos import Conjunto
from models.formatos import Tabla
from models.motores import es_postgres
from models.pulso import beat
from models.sumas import Lugar, PubSuma, Suma, Sumas, add_fila, measures_of, selection_of, signature_of
from models.vigor import FormatoVersion

RENGLONES = 400
"""Los que van en cada escritura: son diez valores por renglón, y un motor acepta unas decenas de miles."""


def count_sumas(modelo: Any, tabla: Tabla, suyos: Conjunto) -> Sumas:
    """Lo que suman esos registros; ``modelo`` es la tabla de trabajo o la pública. Vacío si del formato nada se cuenta."""
    medidas = measures_of(tabla)
    if not suyos.ids or not medidas.hay:
        return {}
    columnas, grupos = selection_of(medidas)
    consulta = modelo.select(SQL(columnas)).where(suyos.en(modelo)).group_by(SQL(grupos))
    sumas: Sumas = {}
    for fila in db.execute_sql(*consulta.sql()).fetchall():
        add_fila(sumas, medidas, fila)
    return sumas


def move_sumas(tabla: Tabla, sujeto_id: int, antes: Mapping[Lugar, Suma], despues: Mapping[Lugar, Suma]) -> None:
    """Pone al día ``pub_suma`` con la diferencia entre dos cuentas."""
    nada = Suma()
    filas = []
    for lugar in sorted(antes.keys() | despues.keys()):
        cambio = [d - a for a, d in zip(antes.get(lugar, nada), despues.get(lugar, nada), strict=True)]
        if any(cambio):
            filas.append((sujeto_id, tabla.clave, *lugar, *cambio))
    for desde in range(0, len(filas), RENGLONES):
        _write(filas[desde:desde + RENGLONES])


def ensure_sumas(catalogo: Catalogo, tablas: Mapping[str, Tabla]) -> list[str]:
    """Vuelve a contar los formatos de los que hoy se cuenta otra cosa que la última vez. Da cuáles; casi siempre, ninguno.

    Va en una transacción de quien llama, y mientras dura nadie más publica.
    """
    contados = dict(FormatoVersion.select(FormatoVersion.clave, FormatoVersion.sumas).tuples())
    firmas = {formato.clave: signature_of(formato) for formato in catalogo.formatos if formato.clave in contados}
    claves = [clave for clave, firma in firmas.items() if contados[clave] != firma]
    if claves and es_postgres(db):
        db.execute_sql("LOCK TABLE pub_suma IN EXCLUSIVE MODE")
    for clave in claves:
        rebuild_sumas(tablas[clave])
        FormatoVersion.update(sumas=firmas[clave]).where(FormatoVersion.clave == clave).execute()
    return claves


def rebuild_sumas(tabla: Tabla) -> None:
    """Cuenta de nuevo lo publicado de un formato, en todas las instituciones."""
    contadas = count_publicadas(tabla)
    con_sumas = PubSuma.select(PubSuma.sujeto_id).where(PubSuma.clave == tabla.clave).distinct().tuples()
    for sujeto_id in sorted({*contadas, *(uno for (uno,) in con_sumas)}):
        PubSuma.delete().where(PubSuma.sujeto_id == sujeto_id, PubSuma.clave == tabla.clave).execute()
        move_sumas(tabla, sujeto_id, {}, contadas.get(sujeto_id, {}))
        beat(sujeto_id)


def count_publicadas(tabla: Tabla) -> dict[int, Sumas]:
    """Lo que suma lo publicado de un formato, por institución: recorre su tabla pública entera."""
    medidas, publica = measures_of(tabla), tabla.publica
    if not medidas.hay:
        return {}
    columnas, grupos = selection_of(medidas)
    consulta = publica.select(SQL(f"{columnas}, sujeto_id")).group_by(SQL(f"{grupos}, sujeto_id"))
    por_sujeto: dict[int, Sumas] = {}
    for fila in db.execute_sql(*consulta.sql()).fetchall():
        add_fila(por_sujeto.setdefault(fila[-1], {}), medidas, fila[:-1])
    return por_sujeto


def _write(filas: list[tuple[Any, ...]]) -> None:
    uno = "(" + ", ".join([db.obj.param] * len(filas[0])) + ")"
    suman = ", ".join(f"{c} = pub_suma.{c} + EXCLUDED.{c}" for c in Suma._fields)
    llave = ", ".join(("sujeto_id", "clave", *Lugar._fields))
    db.execute_sql(
        f"INSERT INTO pub_suma ({llave}, {', '.join(Suma._fields)}) VALUES {', '.join([uno] * len(filas))} "
        f"ON CONFLICT ({llave}) DO UPDATE SET {suman}", [valor for fila in filas for valor in fila])
