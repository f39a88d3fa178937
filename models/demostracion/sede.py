"""Una institución ya montada: sus áreas, personas, órganos y papeles, a los que apuntan los registros."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from models.demostracion.libreto import Ficha, read
from models.demostracion.papeles import Papeles
from models.demostracion.personas import Equipo
from models.domain.contexto import ContextoDeSujeto
from models.domain.masters import save_maestro
from models.folios import a_folio

_MASCULINAS = frozenset({"Departamento", "Órgano", "Instituto", "Consejo", "Centro"})


@dataclass(frozen=True, slots=True)
class Empleo:
    """Una persona del directorio y su trabajo. ``rango`` es 0 para quien encabeza la institución."""

    id: int
    datos: dict[str, Any]
    sexo: str
    rango: int

    @property
    def dato(self) -> dict[str, str]:
        partes = (self.datos[parte] for parte in ("nombre", "primer_apellido", "segundo_apellido"))
        return {"id": a_folio(self.id), "texto": " ".join(partes)}


@dataclass(frozen=True, slots=True)
class Area:
    """Un área del organigrama."""

    id: int
    datos: dict[str, Any]

    @property
    def dato(self) -> dict[str, str]:
        return {"id": a_folio(self.id), "texto": self.datos["nombre"]}


@dataclass(frozen=True, slots=True)
class Sede:
    """Todo lo que un registro de esta institución puede mencionar."""

    sujeto_id: int
    ficha: Ficha
    equipo: Equipo
    papeles: Papeles
    areas: list[Area]
    personas: list[Empleo]
    organos: list[dict[str, str]]
    contexto: ContextoDeSujeto

    def area(self, *nombres: str) -> dict[str, str]:
        """La primera área cuyo nombre menciona una de esas palabras; si no hay, la que encabeza."""
        halladas = (a for nombre in nombres for a in self.areas if nombre in a.datos["nombre"])
        return next(halladas, self.areas[0]).dato


def furnish(sujeto_id: int, ficha: Ficha, equipo: Equipo, papeles: Papeles) -> Sede:
    """Da de alta los maestros de una institución."""
    areas = _save_areas(sujeto_id, ficha, papeles)
    personas = _save_personas(sujeto_id, ficha, areas, papeles)
    organos = [{"id": a_folio(save_maestro(sujeto_id, "organo", {"nombre": nombre, "tipo": tipo})), "texto": nombre}
               for nombre, tipo in read("organos")[ficha.clase].items()]
    return Sede(sujeto_id, ficha, equipo, papeles, areas, personas, organos, ContextoDeSujeto(sujeto_id))


def _save_areas(sujeto_id: int, ficha: Ficha, papeles: Papeles) -> list[Area]:
    areas: dict[str, Area] = {}
    organigrama = read("areas")
    cabeza = organigrama[ficha.clase][0]["nombre"]
    for orden, dicha in enumerate([*organigrama[ficha.clase], *organigrama["todas"]], start=1):
        nombre, superior = dicha["nombre"], areas.get(dicha.get("de", cabeza))
        datos: dict[str, Any] = {
            "nombre": nombre, "orden": orden, "puesto": "Titular de área" if superior else "Titular de la institución",
            "cargo": f"Titular {_de(nombre)}", "atribuciones": dicha["atribuciones"],
            "fundamento_legal": f"Reglamento interno, artículo {20 + orden}"}
        if superior:
            datos["area_superior"] = superior.dato
        else:
            datos["organigrama_grafico"] = papeles["organigrama"]
        areas[nombre] = Area(save_maestro(sujeto_id, "area", datos), datos)
    return list(areas.values())


def _de(area: str) -> str:
    """«de la Tesorería», «del Departamento de Adquisiciones»."""
    return f"del {area}" if area.split()[0] in _MASCULINAS else f"de la {area}"


def _save_personas(sujeto_id: int, ficha: Ficha, areas: list[Area], papeles: Papeles) -> list[Empleo]:
    """Personal de apoyo de las primeras áreas y una persona titular por área."""
    azar = Random(f"{ficha.siglas}/directorio")
    apoyo = read("nombres")["puestos_de_apoyo"]
    cargos = [(puesto, area, 2) for puesto, area in zip(apoyo, areas, strict=False)]
    cargos += [(area.datos["cargo"], area, 1 if "area_superior" in area.datos else 0) for area in areas]
    personas = []
    for numero, (cargo, area, rango) in enumerate(cargos):
        sexo = azar.choice(("femenino", "masculino"))
        datos = _persona(ficha, azar, sexo, numero) | {"cargo": cargo, "area": area.dato}
        if not rango:
            datos["curriculum"] = papeles["curriculum"]
        personas.append(Empleo(save_maestro(sujeto_id, "persona", datos), datos, sexo, rango))
    return personas


def _persona(ficha: Ficha, azar: Random, sexo: str, numero: int) -> dict[str, Any]:
    nombres = read("nombres")
    primero, segundo = azar.sample(nombres["apellidos"], 2)
    calle = ficha.domicilio.split(",")[0]
    return {
        "nombre": azar.choice(nombres["mujeres" if sexo == "femenino" else "hombres"]),
        "primer_apellido": primero, "segundo_apellido": segundo, "nivel": f"N-{30 - numero}",
        "fecha_alta": f"2025-{1 + numero % 9:02}-16", "tipo_vialidad": "calle", "vialidad": calle, "numero_exterior": "S/N",
        "municipio": ficha.municipio, "entidad": "mexico", "telefono": f"722 555 {100 + numero:04}",
        "extension": str(1100 + numero), "correo": f"contacto{numero}@{ficha.siglas}.ejemplo.mx",
        "profesion": azar.choice(nombres["profesiones"])}
