"""Las licencias que esta casa sabe decir: qué permite cada una y qué pide, con palabras. El órgano garante adopta una."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licencia:
    """Una licencia. ``id`` es el de la Open Definition, vacío si no tiene; ``url``, donde está el texto que rige."""

    id: str
    nombre: str
    url: str
    texto: str


LIBRE_USO_MX = Licencia("", "Libre Uso MX", "https://datos.gob.mx/libreusomx", """\
Usted puede:

a) hacer y distribuir copias de los datos y de su contenido;
b) difundirlos y publicarlos;
c) adaptarlos o reordenarlos;
d) extraer todo su contenido o una parte;
e) explotarlos comercialmente, y
f) crear otros conjuntos de datos a partir de ellos.

A cambio:

a) cite la fuente de donde los obtuvo: «Nombre del conjunto de datos», [siglas de la institución], dirección de donde los
   descargó y fecha de consulta en números [AAAA-MM-DD], de modo que quien use su producto la encuentre con facilidad;
b) no use la información para engañar o confundir, variando su sentido original o su veracidad, y
c) no dé a entender que el uso que usted hace de los datos es una postura oficial, o que lo respalda quien los publica.

No se autoriza el uso de contenidos de terceros, como las obras originales que vengan dentro de los datos: para usarlos pida
permiso a quien tenga sus derechos.
""")

CC_BY_4 = Licencia("CC-BY-4.0", "Creative Commons Atribución 4.0 Internacional",
                   "https://creativecommons.org/licenses/by/4.0/deed.es", """\
Usted es libre de:

a) compartir: copiar y redistribuir los datos en cualquier medio o formato, y
b) adaptar: remezclarlos, transformarlos y crear a partir de ellos, para cualquier finalidad, también comercial.

A cambio, reconozca la autoría: dé el crédito debido, ponga un enlace a la licencia e indique si hizo cambios, de una manera
razonable que no sugiera que quien los publica lo respalda a usted o al uso que les da. No puede aplicar términos legales ni
medidas tecnológicas que impidan a otras personas hacer lo que la licencia permite.
""")

LICENCIAS = {una.id or una.nombre: una for una in (LIBRE_USO_MX, CC_BY_4)}
"""Las que se pueden elegir por su identificador (o por su nombre, la que no lo tiene) sin escribir su texto."""
