"""Las licitaciones y contratos de la demostración: quién ofertó, quién ganó y por cuánto, con cuentas que cuadran."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.demostracion.caso import Caso
from models.demostracion.libreto import read

IVA = Decimal("1.16")

_TIPOS = (("licitacion_publica", "LP"), ("adjudicacion_directa", "AD"), ("invitacion_tres", "IR"),
          ("adjudicacion_directa", "AD"))
_SOLO_DE_CONCURSO = ("fecha_convocatoria", "convocatoria", "invitados", "participantes", "fecha_junta_aclaraciones",
                     "asistentes_junta", "servidores_junta", "acta_junta_aclaraciones", "apertura_propuestas", "fallo")
_EN_BLANCO = ("proveedor_nombre", "proveedor_primer_apellido", "proveedor_segundo_apellido", "suspension", "finiquito",
              "monto_minimo", "monto_maximo", "tipo_cambio", "fondo", "nota", "asistentes_junta", "servidores_junta",
              "modificatorios")


def licitaciones(caso: Caso) -> dict[str, Any]:
    """Un procedimiento de principio a fin."""
    tipo, sigla = _TIPOS[caso.numero % len(_TIPOS)]
    catalogo = read("compras")
    compra = catalogo[(caso.numero * 7) % len(catalogo)]
    ofertas = _ofertas(caso, Decimal(compra["precio"]))
    concurso = _concurso(caso, ofertas) if tipo != "adjudicacion_directa" else dict.fromkeys(_SOLO_DE_CONCURSO)
    return {
        "tipo_procedimiento": tipo, "materia": compra["materia"], "descripcion": compra["descripcion"],
        "numero_expediente": f"{sigla}-{caso.numero:03}-{caso.ejercicio}",
        "fundamento_legal": "Artículos 26 a 48 de la Ley de Contratación Pública del Estado de México y Municipios",
        **dict.fromkeys(_EN_BLANCO), **concurso, **_contrato(caso, compra, ofertas[0])}


def _ofertas(caso: Caso, precio: Decimal) -> list[dict[str, str]]:
    """Tres empresas y lo que ofertó cada una, con impuestos; la primera es la más barata."""
    montos = sorted((precio * caso.azar.randint(880, 1170) / 1000).quantize(Decimal("0.01")) for _ in range(3))
    return [{**empresa, "monto_ofertado": str(monto)}
            for empresa, monto in zip(caso.azar.sample(read("proveedores"), 3), montos, strict=True)]


def _concurso(caso: Caso, ofertas: list[dict[str, str]]) -> dict[str, Any]:
    papeles = caso.sede.papeles
    return {
        "fecha_convocatoria": caso.next_fecha(), "convocatoria": papeles["convocatoria"],
        "invitados": [{"razon_social": o["razon_social"], "rfc": o["rfc"]} for o in ofertas],
        "participantes": ofertas, "fecha_junta_aclaraciones": caso.next_fecha(),
        "acta_junta_aclaraciones": papeles["acta"], "apertura_propuestas": papeles["acta"], "fallo": papeles["fallo"],
        "dictamen": papeles["dictamen"]}


def _contrato(caso: Caso, compra: dict[str, Any], ganadora: dict[str, str]) -> dict[str, Any]:
    monto = Decimal(ganadora["monto_ofertado"])
    descripcion: str = compra["descripcion"]
    sede = caso.sede
    return {
        "proveedor_razon_social": ganadora["razon_social"], "proveedor_rfc": ganadora["rfc"],
        "razones_eleccion": "Ofreció el precio más bajo y cumplió con todas las especificaciones técnicas.",
        "area_contratante": sede.area("Adquisiciones", "Recursos Materiales", "Administra"),
        "area_responsable": sede.area("Adquisiciones", "Recursos Materiales", "Administra"),
        "numero_contrato": f"{sede.ficha.siglas[:3].upper()}/ADQ/{caso.numero:03}/{caso.ejercicio}",
        "fecha_contrato": caso.next_fecha(), "fecha_inicio_entrega": caso.next_fecha(),
        "fecha_termino_entrega": f"{caso.ejercicio}-12-31", "hubo_modificatorios": False,
        "objeto_contrato": f"La empresa se obliga a entregar o prestar: {descripcion[0].lower()}{descripcion[1:]}.",
        "contrato": sede.papeles["contrato"], "monto_con_impuestos": str(monto),
        "monto_sin_impuestos": str((monto / IVA).quantize(Decimal("0.01"))), "tipo_moneda": "Peso mexicano",
        "forma_pago": "Transferencia dentro de los 30 días siguientes a la factura",
        "partidas": [{"partida": compra["partida"]}],
        "origen_recurso": "municipal" if sede.ficha.poder == "municipal" else "estatal",
        "fuente_financiamiento": "Ingresos propios"}
