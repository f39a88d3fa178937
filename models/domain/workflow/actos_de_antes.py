"""Los actos públicos de una base hecha antes de que se apuntaran: se deducen, una vez, de las versiones públicas."""

from __future__ import annotations

from models.actos import PubVersion
from models.actos_publicos import Clase, PubActo
from models.ausencias import PubSinInformacion
from models.base import db
from models.folios import numerador
from models.motores import es_postgres
from models.pulso import beat
from models.sin_cambios import PubSinCambios
from models.sujetos import PubNoAplica

_LUGAR = "v.sujeto_id, v.clave, v.ejercicio, v.periodo"

_PARTES = f"""
SELECT {_LUGAR}, v.desde AS instante, NULL AS motivo, v.registro_id AS registro, 1 AS tocados, 1 AS saldo,
  CASE WHEN p.registro_id IS NULL THEN 'publicacion' ELSE 'correccion' END AS clase
FROM pub_version v LEFT JOIN pub_version p ON p.sujeto_id = v.sujeto_id AND p.registro_id = v.registro_id
  AND p.numero = v.numero - 1 AND p.retiro IS NULL
UNION ALL
SELECT {_LUGAR}, v.hasta, v.retiro, v.registro_id, CASE WHEN v.retiro IS NULL THEN 0 ELSE 1 END, -1,
  CASE WHEN v.retiro IS NULL THEN 'correccion' ELSE 'retiro' END
FROM pub_version v WHERE v.hasta IS NOT NULL
"""

_APROBADAS = (
    (Clase.NO_APLICA, PubNoAplica, "0", "''", "fundamento"),
    (Clase.SIN_INFORMACION, PubSinInformacion, "ejercicio", "periodo", "texto"),
    (Clase.SIN_CAMBIOS, PubSinCambios, "ejercicio", "periodo", "NULL"),
)


def note_los_de_antes() -> int:
    """Apunta lo que falte si no hay ningún acto apuntado y sí versiones, y da cuántos. Casi siempre, cero."""
    with db.atomic():
        if PubActo.select(PubActo.id).limit(1).exists() or not _hay_algo():
            return 0
        for clase, modelo, ejercicio, periodo, texto in _APROBADAS:
            _insert(f"SELECT sujeto_id, clave, {ejercicio} AS ejercicio, {periodo} AS periodo, '{clase}' AS clase, 1 AS n, "
                    f"0 AS saldo, NULL AS registro_id, desde AS instante, {texto} AS motivo FROM {modelo._meta.table_name}")
        _insert(f"SELECT sujeto_id, clave, ejercicio, periodo, clase, SUM(tocados) AS n, SUM(saldo) AS saldo, "
                f"CASE WHEN SUM(tocados) = 1 THEN MAX(CASE WHEN tocados = 1 THEN registro END) END AS registro_id, instante, "
                f"motivo FROM ({_PARTES}) s GROUP BY sujeto_id, clave, ejercicio, periodo, clase, instante, motivo")
        for (sujeto_id,) in PubActo.select(PubActo.sujeto_id).distinct().tuples():
            beat(sujeto_id)
        return int(PubActo.select().count())


def _hay_algo() -> bool:
    modelos = (PubVersion, *(aprobada[1] for aprobada in _APROBADAS))
    return any(modelo.select(modelo.sujeto_id).limit(1).exists() for modelo in modelos)


def _insert(consulta: str) -> None:
    """Los renglones de esa consulta, cada uno con su identificador nuevo."""
    cuantos = int(db.execute_sql(f"SELECT COUNT(*) FROM ({consulta}) c").fetchone()[0])
    primero = numerador.apartar(max(cuantos, 1))
    numero = f"{primero - 1} + ROW_NUMBER() OVER (ORDER BY instante, clave)"
    nulo, nula = ("CAST(registro_id AS bigint)", "CAST(motivo AS text)") if es_postgres(db) else ("registro_id", "motivo")
    db.execute_sql(
        "INSERT INTO pub_acto (sujeto_id, id, clave, ejercicio, periodo, clase, n, saldo, registro_id, instante, motivo) "
        f"SELECT sujeto_id, {numerador.en_sql('lugar')}, clave, ejercicio, periodo, clase, n, saldo, {nulo}, instante, {nula} "
        f"FROM (SELECT c.*, {numero} AS lugar FROM ({consulta}) c) d")
