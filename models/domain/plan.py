"""El plan de un cambio de catálogo: qué formatos y campos se agregan, cambian o quitan."""

from __future__ import annotations

from dataclasses import dataclass, field

from fracciones_config import Campo, Catalogo, Formato

_ROTULOS = frozenset({"etiqueta", "ayuda", "ejemplo", "grupo", "en_lista", "se_busca", "se_filtra"})


@dataclass(frozen=True, slots=True)
class Paso:
    """Un cambio. ``seguro``: solo agrega o cambia rótulos; nadie pierde nada ni queda inválido."""

    clave: str
    texto: str
    seguro: bool


@dataclass(slots=True)
class Plan:
    """Todos los pasos, en el orden de los formatos."""

    pasos: list[Paso] = field(default_factory=list)

    @property
    def seguro(self) -> bool:
        return all(paso.seguro for paso in self.pasos)


def hacer_plan(actual: Catalogo | None, nuevo: Catalogo) -> Plan:
    """Compara el catálogo en vigor con otro."""
    viejos = actual.por_clave if actual else {}
    plan = Plan()
    for formato in nuevo.formatos:
        viejo = viejos.get(formato.clave)
        if viejo is None:
            plan.pasos.append(Paso(formato.clave, f"Formato nuevo: {formato.nombre}.", True))
        elif viejo != formato:
            plan.pasos += _pasos_de_formato(viejo, formato)
    for clave in viejos.keys() - nuevo.por_clave.keys():
        plan.pasos.append(Paso(clave, "El formato se quita; sus datos quedan guardados y ocultos.", False))
    return plan


def _pasos_de_formato(viejo: Formato, nuevo: Formato) -> list[Paso]:
    pasos = []
    for campo in nuevo.campos:
        anterior = viejo.por_nombre.get(campo.nombre)
        if anterior is None:
            pasos.append(Paso(nuevo.clave, f"Campo nuevo: «{campo.etiqueta}».", not campo.obligatorio))
        elif anterior != campo:
            pasos.append(_paso_de_campo(nuevo.clave, anterior, campo))
    for nombre in viejo.por_nombre.keys() - nuevo.por_nombre.keys():
        texto = f"El campo «{viejo.por_nombre[nombre].etiqueta}» se oculta; sus datos quedan."
        pasos.append(Paso(nuevo.clave, texto, False))
    return pasos or [Paso(nuevo.clave, "Cambian textos o el orden.", _mismo_trato(viejo, nuevo))]


def _paso_de_campo(clave: str, viejo: Campo, nuevo: Campo) -> Paso:
    if viejo.tipo != nuevo.tipo:
        return Paso(clave, f"«{nuevo.etiqueta}» cambia de {viejo.tipo} a {nuevo.tipo}: estrena columna.", False)
    distintas = {llave for llave in Campo.model_fields if getattr(viejo, llave) != getattr(nuevo, llave)}
    agrega_opciones = viejo.opciones.items() <= nuevo.opciones.items()
    seguro = distintas <= _ROTULOS | ({"opciones"} if agrega_opciones else set())
    return Paso(clave, f"«{nuevo.etiqueta}» cambia: {', '.join(sorted(distintas))}.", seguro)


def _mismo_trato(viejo: Formato, nuevo: Formato) -> bool:
    return (viejo.modo, viejo.activo, viejo.aplica_a) == (nuevo.modo, nuevo.activo, nuevo.aplica_a)
