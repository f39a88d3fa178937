"""La marca: nombres, leyendas, licencia y colores. Es configuración: el órgano garante cambia de nombre, y ha cambiado."""

from dataclasses import dataclass, field
from typing import Any

from models.servicio.licencias import LIBRE_USO_MX

CONTRASENA_DEMO = "demostracion-2026"
"""La de todas las cuentas de la demostración, y la que su entrada enseña.

Producción se niega a abrir una base que las tenga.
"""


@dataclass(frozen=True, slots=True)
class Marca:
    """Lo que se lee y se ve como identidad. Lo que se cambia en ``marca.yaml`` (``read_marca``) está en ``EDITABLES``.

    Los datos de contacto vacíos no se enseñan. ``colores``: propiedades CSS con contraste probado.
    De la licencia de los datos: cómo se llama, dónde está el texto que rige, su identificador en la Open Definition (vacío si
    no tiene, como Libre Uso MX) y qué permite y pide, dicho entero. ``licencias`` trae las de siempre.
    """

    sistema: str = "IPOMEX"
    lema: str = "Información Pública de Oficio Mexiquense"
    entidad: str = "Estado de México"
    garante: str = "Infoem"
    garante_nombre: str = ("Instituto de Transparencia, Acceso a la Información Pública y Protección de Datos "
                           "Personales del Estado de México y Municipios")
    licencia: str = LIBRE_USO_MX.nombre
    licencia_url: str = LIBRE_USO_MX.url
    licencia_id: str = LIBRE_USO_MX.id
    licencia_texto: str = LIBRE_USO_MX.texto
    garante_sitio: str = "https://www.infoem.org.mx"
    garante_correo: str = ""
    garante_telefono: str = ""
    garante_domicilio: str = ""
    garante_horario: str = ""
    denuncia_leyenda: str = ("Cualquier persona puede denunciar ante el {garante} que una institución no publica, o no "
                             "mantiene al día, la información a la que está obligada.")
    denuncia_pasos: tuple[str, ...] = (
        "Anote qué institución es, qué información falta o está mal, de qué año o periodo, y la dirección de la página donde "
        "la buscó.",
        "Si quiere, avise primero a la Unidad de Información de la institución: muchas veces basta. Su correo y su teléfono "
        "están en la página de cada una.",
        "Presente la denuncia ante el órgano garante, por escrito o por correo. No tiene que decir para qué quiere la "
        "información.",
        "El órgano garante revisa lo publicado, le pide cuentas a la institución y le contesta a usted.",
    )
    accesibilidad_correo: str = ""
    """A quién escribir si algo no se puede usar; vacío, al órgano garante."""
    es_demo: bool = False
    contrasena_demo: str = ""
    colores: dict[str, str] = field(default_factory=lambda: {
        "marca": "#0b4f6c", "marca-fuerte": "#083a50", "marca-suave": "#e4f0f5", "sobre-marca": "#ffffff"})

    @property
    def denuncia(self) -> str:
        """La leyenda, con el nombre del órgano garante en su lugar."""
        return self.denuncia_leyenda.replace("{garante}", self.garante)


EDITABLES = tuple(nombre for nombre in Marca.__dataclass_fields__ if nombre not in ("es_demo", "contrasena_demo"))
"""Las llaves de ``marca.yaml``."""

CONTACTO_DE_EJEMPLO: dict[str, Any] = {
    "garante_correo": "denuncias@garante.ejemplo.mx", "garante_telefono": "722 555 0199",
    "garante_domicilio": "Domicilio de ejemplo 1, 52140 Metepec, México",
    "garante_horario": "Lunes a viernes de 9:00 a 18:00 horas", "accesibilidad_correo": "accesibilidad@garante.ejemplo.mx"}
"""El contacto inventado que la demostración enseña."""
