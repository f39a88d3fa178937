"""La marca: nombres, licencia y colores. Es configuración: el órgano garante puede cambiar de nombre, y ha cambiado."""

from dataclasses import dataclass, field

from models.servicio.licencias import LIBRE_USO_MX

CONTRASENA_DEMO = "demostracion-2026"
"""La de todas las cuentas de la demostración, y la que su entrada enseña.

Producción se niega a abrir una base que las tenga.
"""


@dataclass(frozen=True, slots=True)
class Marca:
    """Lo que se lee y se ve como identidad. ``colores``: propiedades CSS con contraste probado.

    De la licencia de los datos: cómo se llama, dónde está el texto que rige, su identificador en la Open Definition (vacío si
    no tiene, como Libre Uso MX) y qué permite y pide, dicho entero. ``licencias`` trae las de siempre.
    """

    sistema: str = "IPOMEX"
    lema: str = "Información Pública de Oficio Mexiquense"
    garante: str = "Infoem"
    garante_nombre: str = ("Instituto de Transparencia, Acceso a la Información Pública y Protección de Datos "
                           "Personales del Estado de México y Municipios")
    licencia: str = LIBRE_USO_MX.nombre
    licencia_url: str = LIBRE_USO_MX.url
    licencia_id: str = LIBRE_USO_MX.id
    licencia_texto: str = LIBRE_USO_MX.texto
    es_demo: bool = False
    contrasena_demo: str = ""
    colores: dict[str, str] = field(default_factory=lambda: {
        "marca": "#0b4f6c", "marca-fuerte": "#083a50", "marca-suave": "#e4f0f5", "sobre-marca": "#ffffff"})
