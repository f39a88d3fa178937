"""Cómo le dice la gente a lo que la ley llama de otro modo: «sueldos» es el formato de remuneraciones.

Una fila por formato (su ``clave``). Lo que un catálogo no tiene, no estorba. Cada palabra se compara como en la búsqueda:
sin acentos ni plural; las de varias palabras deben venir seguidas.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from models.busqueda.normalizador import tokens

DICHOS: Mapping[str, tuple[str, ...]] = {
    "remuneraciones": ("sueldo", "salario", "nómina", "cuánto gana", "cuánto ganan", "percepciones", "aguinaldo", "bonos"),
    "directorio": ("teléfono", "correo", "titular", "funcionarios", "servidores públicos", "quién es", "contacto", "alcaldesa",
                   "alcalde", "presidenta municipal", "presidente municipal"),
    "licitaciones": ("contrato", "contratista", "proveedor", "adjudicación", "adjudicación directa", "compras",
                     "adquisiciones", "concurso"),
    "obras_licitaciones": ("contrato de obra", "constructora", "pavimentación", "obra"),
    "obras_programa_anual": ("obra", "pavimentación", "programa de obra"),
    "obras_municipales": ("obra", "pavimentación", "bacheo", "alumbrado", "drenaje"),
    "programas_subsidio": ("apoyo", "beca", "programa social", "subsidio", "ayuda"),
    "padrones": ("beneficiario", "apoyo", "beca", "padrón"),
    "presupuesto": ("gasto", "cuánto gasta", "presupuesto de egresos", "dinero"),
    "informes_ejecucion": ("gasto", "ejercicio del gasto", "cuánto gastó"),
    "deuda_municipal": ("deuda", "crédito", "préstamo"),
    "ingresos_egresos_deuda": ("ingreso", "egreso", "deuda"),
    "publicaciones": ("publicidad", "comunicación social", "boletín", "gaceta", "propaganda"),
    "solicitudes": ("transparencia", "pregunta", "solicitud de información"),
    "oficinas": ("unidad de transparencia", "módulo de transparencia", "dónde pregunto"),
    "tramites_servicios": ("trámite", "requisitos", "licencia", "permiso", "costo de trámite", "acta de nacimiento"),
    "autorizaciones": ("permiso", "licencia", "concesión"),
    "marco_normativo": ("ley", "reglamento", "norma", "bando"),
    "convenios": ("acuerdo de colaboración", "convenio"),
    "agenda_reuniones": ("agenda", "reunión", "sesión pública"),
    "acuerdos_actas": ("acta", "sesión", "acuerdo", "cabildo"),
    "auditorias": ("auditoría", "observaciones", "irregularidades"),
    "plan_desarrollo_municipal": ("plan de desarrollo",),
    "desarrollo_urbano": ("uso de suelo", "plan urbano"),
    "proteccion_civil": ("riesgo", "atlas de riesgo", "emergencia"),
    "iniciativas": ("iniciativa de ley",),
    "votaciones": ("cómo votó", "voto"),
    "asistencias": ("faltas", "inasistencia"),
}


@cache
def _por_clave() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {clave: tuple(tuple(tokens(dicho)) for dicho in dichos) for clave, dichos in DICHOS.items()}


def find_dichos(palabras: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Los formatos que lo tecleado nombra como los nombra la gente: clave → las palabras con que lo hace.

    ``palabras`` son las de ``normalizador.tokens``. Van primero los nombrados con más palabras.
    """
    hallados: dict[str, frozenset[str]] = {}
    for clave, dichos in _por_clave().items():
        usadas = max((dicho for dicho in dichos if _esta(dicho, palabras)), key=len, default=())
        if usadas:
            hallados[clave] = frozenset(usadas)
    return dict(sorted(hallados.items(), key=lambda uno: -len(uno[1])))


def _esta(dicho: tuple[str, ...], palabras: tuple[str, ...]) -> bool:
    return any(palabras[i:i + len(dicho)] == dicho for i in range(len(palabras) - len(dicho) + 1))
