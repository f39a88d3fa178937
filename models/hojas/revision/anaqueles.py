"""Las tablas de un expediente: qué guarda de un libro leído, y en qué orden van las columnas de cada renglón."""

from __future__ import annotations

from collections.abc import Sequence

FIJAS = ("fila", "accion", "folio", "registro_id", "version", "baja_motivo", "ejercicio", "periodo", "faltan", "contenido",
         "tokens", "huella", "personales", "area_id", "causa")
"""Las columnas de ``renglon`` que no dependen del formato; les siguen las físicas de sus campos."""

ANAQUELES = {
    "hoja": ("orden", "nombre", "clase"),
    "columna": ("hoja", "posicion", "letra", "encabezado", "campo", "subcampo", "como"),
    "problema": ("fila", "hoja", "celda", "campo", "etiqueta", "leido", "mensaje", "clase"),
    "correccion": ("fila", "hoja", "celda", "campo", "clase", "leido", "queda", "aceptada"),
    "hallazgo": ("fila", "hoja", "celda", "campo", "clase", "oculto", "politica"),
    "archivo": ("fila", "campo", "celda", "nombre", "archivo_id"),
    "aviso": ("clase", "texto"),
    "memoria": ("fila", "texto"),
    "dato": ("llave", "valor"),
}
"""Las demás tablas y sus columnas. ``dato`` guarda lo suelto: el resumen, en JSON; ``memoria``, de cada fila
de un libro oficial, lo que su contenido no dice (``models.hojas.sipot.memoria``)."""

_INDICES = ("CREATE INDEX IF NOT EXISTS problema_fila ON problema(fila)",
            "CREATE INDEX IF NOT EXISTS correccion_fila ON correccion(fila)",
            "CREATE INDEX IF NOT EXISTS renglon_accion ON renglon(accion, fila, faltan, huella, folio)",
            "CREATE INDEX IF NOT EXISTS archivo_nombre ON archivo(nombre)")


_INSERTAR = {
    "renglon": "INSERT INTO renglon", "hoja": "INSERT INTO hoja", "columna": "INSERT INTO columna",
    "problema": "INSERT INTO problema", "correccion": "INSERT INTO correccion", "hallazgo": "INSERT INTO hallazgo",
    "archivo": "INSERT INTO archivo", "aviso": "INSERT INTO aviso", "memoria": "INSERT INTO memoria",
    "dato": "INSERT INTO dato",
}


def quote(nombre: str) -> str:
    """Un nombre de columna entre comillas; los de aquí nunca las llevan."""
    return f'"{nombre}"'


def create_renglon(fisicas: Sequence[str]) -> str:
    """La tabla de renglones, sin índices: así la parte que leyó otro proceso se le agrega de un golpe."""
    columnas = ", ".join(map(quote, (*FIJAS[1:], *fisicas)))
    return f"CREATE TABLE renglon (fila INTEGER PRIMARY KEY, {columnas})"


def create_demas() -> list[str]:
    """Las demás tablas."""
    return [f"CREATE TABLE {tabla} ({', '.join(columnas)})" for tabla, columnas in ANAQUELES.items()]


def create_indices() -> tuple[str, ...]:
    """Los índices, que se hacen al final, con todo escrito."""
    return _INDICES


def insert_en(tabla: str, columnas: Sequence[str]) -> str:
    """La orden que inserta una fila con esas columnas; las demás quedan nulas."""
    return f"{_INSERTAR[tabla]} ({', '.join(map(quote, columnas))}) VALUES ({','.join('?' * len(columnas))})"


def insert_desde(tabla: str) -> str:
    """La orden que le agrega lo de la misma tabla de otro expediente, adjunto como ``parte``."""
    return f"{_INSERTAR[tabla]} SELECT * FROM parte.{tabla}"
