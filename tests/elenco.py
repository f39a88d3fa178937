"""El elenco: las mismas personas en todas las pruebas, en dos ayuntamientos que nunca deben verse entre sí.

Metepec            Toluca             quién es
-----------------  -----------------  ------------------------------------------------------------------
``laura``          ``ramiro``         la Unidad de Información: revisa, publica, retira
``ernesto``        ``sofia``          administra todo el artículo 12
``nadia``          ``omar``           administra el artículo 15, y nada más
``julieta``        ``ines``           captura el artículo 12
``beto``           ``tomas``          captura el artículo 12: lo suyo no es de Julieta (ni de Inés)

``gabriela`` es del órgano garante. La contraseña de todas es ``CONTRASENA``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.adjuntos import Archivo
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.domain.contrasenas import hash_contrasena
from models.domain.cuentas import assign
from models.domain.masters import save_maestro
from models.domain.permissions import Actor, Rol
from models.domain.sujetos import create_sujeto, publish_sujeto
from models.domain.workflow import Guardado, Resultado, aplicar, guardar
from models.folios import a_folio, nuevo_id
from models.formatos import Tabla
from models.maestros import Area, Organo
from models.maestros import Persona as PersonaPublica
from models.reloj import ahora
from models.sujetos import SujetoObligado
from models.usuarios import Usuario
from tests.fabrica import Referencias, crudo_de

CLAVE = "convenios"
"""El formato de casi todas las pruebas: trimestral; texto, dinero, fechas, área, tabla y archivos en 18 campos."""

CONTRASENA = "nevado maguey rebozo jagüey"

_ALTAS = (
    ("metepec", "H. Ayuntamiento de Metepec", "Metepec"),
    ("toluca", "H. Ayuntamiento de Toluca", "Toluca"),
)
_CARGOS: dict[str, tuple[Rol, str | None]] = {
    "unidad": (Rol.UNIDAD, None), "admin1": (Rol.ADMINISTRADOR, "12"), "admin2": (Rol.ADMINISTRADOR, "15"),
    "capt1": (Rol.CAPTURISTA, "12"), "capt2": (Rol.CAPTURISTA, "12"),
}
_NOMBRES = {
    "metepec": ("Laura Nava", "Ernesto Peña", "Nadia Ñáñez", "Julieta Mondragón", "Beto Sámano"),
    "toluca": ("Ramiro Vilchis", "Sofía Arriaga", "Omar Güemes", "Inés Colín", "Tomás Jardón"),
}


@dataclass(frozen=True)
class Persona:
    """Alguien del elenco, con su cuenta."""

    usuario: Usuario

    @property
    def id(self) -> int:
        return int(self.usuario.id)

    @property
    def actor(self) -> Actor:
        """Con las asignaciones que tenga en este momento."""
        return actor_de(self.usuario, vigente.foto.catalogo)


@dataclass(frozen=True)
class Institucion:
    """Un sujeto obligado con sus dos áreas y lo demás a lo que un registro puede apuntar."""

    sujeto: SujetoObligado
    obras: str
    tesoreria: str
    referencias: Referencias

    @property
    def id(self) -> int:
        return int(self.sujeto.id)


@dataclass(frozen=True)
class Casa:
    """Las dos instituciones y sus personas."""

    metepec: Institucion
    toluca: Institucion
    gabriela: Persona
    laura: Persona
    ernesto: Persona
    nadia: Persona
    julieta: Persona
    beto: Persona
    ramiro: Persona
    sofia: Persona
    omar: Persona
    ines: Persona
    tomas: Persona

    def tabla(self, clave: str = CLAVE) -> Tabla:
        return vigente.foto.tablas[clave]

    def institucion_de(self, persona: Persona) -> Institucion:
        return self.metepec if persona.usuario.sujeto_id == self.metepec.id else self.toluca

    def crudo(self, persona: Persona, clave: str = CLAVE, **campos: Any) -> dict[str, Any]:
        """Lo que la persona teclearía para un registro completo de ese formato."""
        return crudo_de(self.tabla(clave).formato, self.institucion_de(persona).referencias, **campos)

    def capturar(self, persona: Persona, clave: str = CLAVE, **campos: Any) -> int:
        """La persona captura un registro completo, salvo lo que digan ``campos``. Da su id."""
        return guardar(persona.actor, self.tabla(clave), self.crudo(persona, clave, **campos)).id

    def editar(self, persona: Persona, registro: int, clave: str = CLAVE, *, version: int | None = None,
               **campos: Any) -> Guardado:
        """La persona vuelve a llenar el registro, con esos ``campos`` distintos."""
        crudo = self.crudo(persona, clave, **campos)
        return guardar(persona.actor, self.tabla(clave), crudo, registro=registro, version=version)

    def hacer(self, persona: Persona, acto: str, *registros: int, clave: str = CLAVE, motivo: str = ""
              ) -> Resultado:
        """La persona hace un acto a unos registros, tengan la versión que tengan."""
        return aplicar(persona.actor, acto, self.tabla(clave), [(registro, None) for registro in registros], motivo)

    def fila(self, registro: int, clave: str = CLAVE) -> Any:
        """La fila de trabajo, tal como está en la base."""
        modelo = self.tabla(clave).trabajo
        return modelo.get(modelo.id == registro)

    def publica(self, registro: int, clave: str = CLAVE) -> Any:
        """La copia que lee la ciudadanía; ``None`` si no la hay."""
        modelo = self.tabla(clave).publica
        return modelo.get_or_none(modelo.id == registro)


def contratar() -> None:
    """Da de alta al elenco en la base en uso, ya con su catálogo en vigor."""
    huella = hash_contrasena(CONTRASENA)
    _cuenta("garante", "Gabriela Ruiz", Rol.GARANTE, None, huella)
    for siglas, nombre, corto in _ALTAS:
        sujeto = create_sujeto(siglas, nombre, corto, "municipal", corto)
        obras = save_maestro(sujeto.id, "area", {"nombre": "Dirección de Obras Públicas", "orden": 1})
        save_maestro(sujeto.id, "area", {"nombre": "Tesorería Municipal", "orden": 2})
        save_maestro(sujeto.id, "persona", {
            "nombre": "Rosa Elena", "primer_apellido": "Villanueva", "area": {"id": a_folio(obras)}})
        save_maestro(sujeto.id, "organo", {"nombre": "Cabildo"})
        cuentas = [_cuenta(f"{cargo}.{siglas}", persona, rol, sujeto.id, huella, articulo)
                   for (cargo, (rol, articulo)), persona in zip(_CARGOS.items(), _NOMBRES[siglas], strict=True)]
        for tipo in ("pdf", "xlsx"):
            Archivo.create(sujeto_id=sujeto.id, id=nuevo_id(), sha256=(tipo + siglas).encode().hex().ljust(64, "0"),
                           nombre=f"contrato.{tipo}", bytes=1024, tipo=tipo, subido_por=cuentas[0].id,
                           subido_en=ahora())
        publish_sujeto(sujeto, vigente.foto.catalogo)


def presentar() -> Casa:
    """El elenco que ``contratar`` dejó en la base."""
    cuentas = {cuenta.usuario: Persona(cuenta) for cuenta in Usuario.select()}
    metepec, toluca = (_institucion(siglas) for siglas, _, _ in _ALTAS)
    de_metepec, de_toluca = ([cuentas[f"{cargo}.{siglas}"] for cargo in _CARGOS] for siglas, _, _ in _ALTAS)
    return Casa(metepec, toluca, cuentas["garante"], *de_metepec, *de_toluca)


def _cuenta(usuario: str, nombre: str, rol: Rol, sujeto_id: int | None, huella: str, articulo: str | None = None
            ) -> Usuario:
    """Como ``create_cuenta``, con una sola huella argon2 para todo el elenco: hacer once tardaría un segundo."""
    cuenta = Usuario.create(id=nuevo_id(), usuario=usuario, nombre=nombre, rol=rol, sujeto_id=sujeto_id,
                            contrasena=huella, debe_cambiar=False, creado_en=ahora())
    if articulo:
        assign(cuenta, "articulo", [articulo])
    return cuenta


def _institucion(siglas: str) -> Institucion:
    sujeto = SujetoObligado.get(SujetoObligado.siglas == siglas)

    def folios(modelo: Any, orden: Any) -> Iterable[str]:
        return (a_folio(fila.id) for fila in modelo.select().where(modelo.sujeto_id == sujeto.id).order_by(orden))

    obras, tesoreria = folios(Area, Area.orden)
    pdf, xlsx = folios(Archivo, Archivo.id)
    referencias = Referencias(obras, *folios(PersonaPublica, PersonaPublica.id), *folios(Organo, Organo.id), pdf, xlsx)
    return Institucion(sujeto, obras, tesoreria, referencias)
