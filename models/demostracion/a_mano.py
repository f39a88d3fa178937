"""Los seis formatos que más se miran, escritos con cuidado: sus cifras cuadran y sus fechas van en orden.

Cada función da lo que sustituye a lo inventado por ``generador``; ``None`` deja el campo en blanco.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.demostracion.caso import Caso
from models.demostracion.libreto import read

Datos = dict[str, Any]


def marco_normativo(caso: Caso) -> Datos:
    """La norma que toca de las de todos y las de su clase de institución."""
    normas = normas_de(caso.sede.ficha.clase)
    norma = normas[(caso.numero - 1) % len(normas)]
    return {
        "tipo_normatividad": norma["tipo"], "denominacion": caso.adapt(norma["denominacion"]),
        "fecha_publicacion": caso.adapt(norma["publicada"]),
        "fecha_ultima_modificacion": caso.adapt(norma["reformada"]) if "reformada" in norma else None,
        "documento": caso.sede.papeles["norma"], "hipervinculo_documento": None,
        "area_responsable": caso.sede.area("Secretaría", "Jurídic"), "nota": None}


def normas_de(clase: str) -> list[dict[str, str]]:
    """Las normas de una clase de institución: primero las propias."""
    normas = read("normas")
    return [*normas[clase], *normas["todos"]]


def remuneraciones(caso: Caso) -> Datos:
    """El sueldo de una persona del directorio, según su rango."""
    persona = caso.sede.personas[(caso.numero - 1) % len(caso.sede.personas)]
    bruto = Decimal((98_400, 52_300, 21_700)[persona.rango]) + 175 * caso.azar.randint(0, 40)
    neto = _centavos(bruto * Decimal("0.74"))
    prima = {"denominacion": "Prima vacacional", "monto_bruto": str(_centavos(bruto / 4)),
             "monto_neto": str(_centavos(neto / 4)), "periodicidad": "semestral", "moneda": "peso_mexicano"}
    vacias = ("percepciones_dinero", "percepciones_especie", "ingresos", "compensaciones", "gratificaciones", "comisiones",
              "dietas", "bonos", "estimulos", "apoyos", "prestaciones_economicas")
    return dict.fromkeys(vacias) | {
        "servidor_publico": persona.dato, "sexo": persona.sexo, "tipo_integrante": "servidor_publico",
        "clave_nivel_puesto": persona.datos["nivel"], "cargo": persona.datos["cargo"],
        "denominacion_puesto": ("Titular", "Dirección de área", "Analista")[persona.rango],
        "area_adscripcion": persona.datos["area"], "area_responsable": caso.sede.area("Recursos Humanos", "Administra"),
        "remuneracion_mensual_bruta": str(bruto), "moneda_bruta": "peso_mexicano",
        "remuneracion_mensual_neta": str(neto), "moneda_neta": "peso_mexicano",
        "primas": [prima] if caso.periodo.clave in ("T2", "T4") else None,
        "prestaciones_especie": [{"descripcion": "Seguro de vida institucional", "periodicidad": "anual"}]}


def padrones(caso: Caso) -> Datos:
    """Una persona u organización de uno de los programas; las protegidas van sin nombre."""
    programas, nombres = read("programas"), read("nombres")
    programa = programas[(0, 0, 0, 1, 1, 0, 2, 0, 1, 3)[caso.numero % 10]]
    sexo = caso.azar.choice(("femenino", "masculino"))
    nombre = caso.azar.choice(nombres["mujeres" if sexo == "femenino" else "hombres"])
    primero, segundo = caso.azar.sample(nombres["apellidos"], 2)
    es_persona = "organizacion" not in programa and "protegida" not in programa
    clase = "persona" if es_persona else "organizacion" if "organizacion" in programa else "protegida"
    return {
        "tipo_programa": programa["tipo"], "denominacion_programa": programa["programa"], "clase_beneficiario": clase,
        "nombre_beneficiario": nombre if es_persona else None,
        "primer_apellido": primero if es_persona else None, "segundo_apellido": segundo if es_persona else None,
        "denominacion_social": f"Taller familiar {primero} y {segundo}" if clase == "organizacion" else None,
        "unidad_territorial": caso.azar.choice(nombres["localidades"]), "sexo": sexo if es_persona else None,
        "edad": caso.azar.randint(*programa["edad"]) if es_persona else None, "apoyo_otorgado": programa["apoyo"],
        "monto_apoyo": str(programa["monto"]), "padron": caso.sede.papeles["padron"] if caso.numero % 25 == 1 else None,
        "area_responsable": caso.sede.area("Desarrollo Social", "Alimentación", "Docencia"), "nota": None}


def presupuesto(caso: Caso) -> Datos:
    """El presupuesto de un año: la suma de los capítulos da el total."""
    base = 37_412_650 * (1 + sum(map(ord, caso.sede.ficha.siglas)) % 60)
    crecimiento = 1 + Decimal("0.045") * (caso.ejercicio - 2020)
    partes = {"servicios_personales": 46, "materiales_suministros": 9, "servicios_generales": 17,
              "transferencias_subsidios": 8, "bienes_muebles_inmuebles": 4, "inversion_publica": 16}
    montos = {capitulo: _centavos(base * crecimiento * parte / 100) for capitulo, parte in partes.items()}
    clase = ("preliminar", "definitivo")[caso.numero % 2]  # de un mismo año salen dos cuando más, seguidos
    return {
        "denominacion": f"Presupuesto {clase} de egresos {caso.ejercicio}",
        "presupuesto_anual_asignado": str(sum(montos.values())), "fecha_aprobacion": f"{caso.ejercicio - 1}-12-20",
        "capitulos": [{"capitulo": capitulo, "presupuesto": str(monto)} for capitulo, monto in montos.items()],
        "presupuesto_egresos": caso.sede.papeles["presupuesto"],
        "area_responsable": caso.sede.area("Tesorería", "Finanzas", "Administra"), "nota": None}


def _centavos(monto: Decimal) -> Decimal:
    return monto.quantize(Decimal("0.01"))
