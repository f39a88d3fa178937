"""Un cambio de lo público, dicho para una persona: qué pasó, con cuántos, de qué, y a dónde ir a verlo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fracciones_config import Formato
from models.actos_publicos import Clase
from models.folios import a_folio
from models.presentacion.numeros import contar
from models.publicados import Institucion
from models.publicados.cambios import Cambio
from portal.contexto import foto
from portal.direcciones import to_formato, to_institucion, to_registro, with_query
from portal.palabras import period_name

DE_REGISTROS: Mapping[Clase, tuple[str, str]] = {
    Clase.PUBLICACION: ("Se publicó", "Se publicaron"), Clase.CORRECCION: ("Se corrigió", "Se corrigieron"),
    Clase.RETIRO: ("Se retiró", "Se retiraron"), Clase.PROTECCION: ("Se protegió un dato de", "Se protegieron datos de"),
}
APROBADOS: Mapping[Clase, str] = {
    Clase.NO_APLICA: "Se aprobó que no aplica", Clase.SIN_INFORMACION: "No se generó información",
    Clase.SIN_CAMBIOS: "Se confirmó que sigue sin cambios", Clase.NO_APLICA_REVOCADO: "Dejó de declararse que no aplica",
    Clase.SIN_INFORMACION_REVOCADO: "Dejó de declararse que no se generó información",
    Clase.SIN_CAMBIOS_REVOCADO: "Dejó de confirmarse sin cambios",
}
ROTULOS: Mapping[Clase, str] = {
    Clase.PUBLICACION: "Publicación", Clase.CORRECCION: "Corrección", Clase.RETIRO: "Retiro",
    Clase.PROTECCION: "Dato protegido", Clase.NO_APLICA: "No aplica", Clase.SIN_INFORMACION: "Sin información",
    Clase.SIN_CAMBIOS: "Sin cambios", Clase.NO_APLICA_REVOCADO: "Se revocó", Clase.SIN_INFORMACION_REVOCADO: "Se revocó",
    Clase.SIN_CAMBIOS_REVOCADO: "Se revocó",
}


@dataclass(frozen=True, slots=True)
class Dicho:
    """Un cambio, listo para leerse."""

    cambio: Cambio
    institucion: Institucion
    frase: str
    de_que: str
    ruta: str

    @property
    def rotulo(self) -> str:
        return ROTULOS[self.cambio.clase]

    @property
    def motivo(self) -> str:
        return self.cambio.motivo or ""


def say(cambio: Cambio, institucion: Institucion) -> Dicho:
    """Lo que se lee de un cambio."""
    formato = foto().catalogo.por_clave.get(cambio.clave)
    return Dicho(cambio, institucion, _frase(cambio, formato), _de_que(cambio, formato), _ruta(cambio, institucion, formato))


def _frase(cambio: Cambio, formato: Formato | None) -> str:
    if cambio.clase in APROBADOS:
        return APROBADOS[cambio.clase]
    uno, varios = DE_REGISTROS[cambio.clase]
    que = contar(cambio.n, *(formato.se_cuenta if formato else ("registro", "registros")))
    return f"{uno if cambio.n == 1 else varios} {que}"


def _de_que(cambio: Cambio, formato: Formato | None) -> str:
    """«Convenios, 4.º trimestre de 2026»."""
    nombre = formato.nombre_corto if formato else "Información que ya no está en el catálogo"
    if not cambio.ejercicio:
        return nombre
    periodo = period_name(cambio.periodo) if cambio.periodo and cambio.periodo != "A" else ""
    return f"{nombre}, {periodo} de {cambio.ejercicio}" if periodo else f"{nombre}, {cambio.ejercicio}"


def _ruta(cambio: Cambio, institucion: Institucion, formato: Formato | None) -> str:
    if formato is None:
        return to_institucion(institucion.siglas)
    if cambio.registro_id:
        return to_registro(institucion.siglas, cambio.clave, a_folio(cambio.registro_id))
    lugar = to_formato(institucion.siglas, cambio.clave, cambio.ejercicio or None)
    con_registros = cambio.clase in DE_REGISTROS and cambio.ejercicio and cambio.clase is not Clase.RETIRO
    return with_query(lugar, periodo=cambio.periodo if con_registros else "")

