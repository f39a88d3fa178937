"""Un corpus inventado y con verdad: datos personales bien hechos, y celdas de directorio y de contrato que no los llevan."""

from __future__ import annotations

import random
from collections.abc import Callable

from stdnum import luhn
from stdnum.mx import curp, rfc

AZAR = random.Random(20261122)
_CONSONANTES = "BCDFGHJKLMNPQRSTVWXYZ"
_LETRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ENTIDADES = ("MC", "DF", "JC", "PL", "HG", "MN", "GR", "QT", "NE", "VZ")
NOMBRES = ("María", "José", "Rosa", "Juan", "Lucía", "Pedro", "Inés", "Tomás", "Elena", "Jorge")
APELLIDOS = ("Villanueva", "Mondragón", "Alanís", "Peña", "Colín", "Vilchis", "Sámano", "Nava", "Tapia", "Güemes")
_CALLES = ("Hidalgo", "José María Morelos", "5 de Mayo", "Juárez", "Sebastián Lerdo de Tejada", "Villada", "Benito Juárez")


def _cifras(n: int) -> str:
    return "".join(AZAR.choices("0123456789", k=n))


def _fecha() -> str:
    return f"{AZAR.randint(0, 99):02d}{AZAR.randint(1, 12):02d}{AZAR.randint(1, 28):02d}"


def _una(letras: str, n: int) -> str:
    return "".join(AZAR.choices(letras, k=n))


def una_curp() -> str:
    """Una CURP que cumple su dígito."""
    base = (f"{_una(_LETRAS, 1)}{_una('AEIOUX', 1)}{_una(_LETRAS, 2)}{_fecha()}{_una('HM', 1)}{AZAR.choice(_ENTIDADES)}"
            f"{_una(_CONSONANTES, 3)}{_una('0123456789A', 1)}")
    return base + curp.calc_check_digit(base)


def un_rfc() -> str:
    """El RFC de una persona; uno y medio por ciento no cumple su dígito, como los de verdad."""
    base = f"{_una(_LETRAS, 1)}{_una('AEIOU', 1)}{_una(_LETRAS, 2)}{_fecha()}{_una('123456789ABCDEFGHIJKLMNPQRSTUVWXYZ', 2)}"
    digito = rfc.calc_check_digit(base)
    return base + (AZAR.choice("0123456789A") if AZAR.random() < 0.015 else digito)


def una_clabe() -> str:
    """Una CLABE de cualquier banco."""
    base = _cifras(17)
    suma = sum(int(cifra) * peso % 10 for cifra, peso in zip(base, (3, 7, 1) * 6, strict=False))
    return base + str(-suma % 10)


def una_tarjeta() -> str:
    """Una tarjeta de 16 cifras, seguidas o de cuatro en cuatro; o de las que llevan 15."""
    base = AZAR.choice(("4", "51", "55", "5204", "2221", "37")) + _cifras(17)
    numero = base[:14] if base.startswith("37") else base[:15]
    numero += luhn.calc_check_digit(numero)
    junta = AZAR.choice(("", " ", "-")) if len(numero) == 16 else ""
    return junta.join(numero[i:i + 4] for i in range(0, 16, 4))


def un_nss() -> str:
    """Un número de seguridad social."""
    base = _cifras(10)
    return base + luhn.calc_check_digit(base)


def una_clave_de_elector() -> str:
    return f"{_una(_CONSONANTES, 6)}{_fecha()}{AZAR.randint(1, 32):02d}{_una('HM', 1)}{_cifras(3)}"


CON_DIGITO: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "curp": (una_curp, ("{}", "CURP: {}", "Se anexa la CURP {} del solicitante.", "persona con clave {}, mayor de edad")),
    "rfc": (un_rfc, ("{}", "RFC {}", "El proveedor ({}) entregó factura.", "con Registro Federal de Contribuyentes {}.")),
    "clabe": (una_clabe, ("{}", "CLABE {}", "Depósito a la cuenta {} de la beneficiaria", "transferencia a {}, a su nombre")),
    "tarjeta": (una_tarjeta, ("{}", "Tarjeta {}", "Se cargó a la tarjeta {} el 3 de mayo")),
    "nss": (un_nss, ("NSS {}", "Número de seguridad social: {}", "afiliada al IMSS con el {}", "ISSEMYM: {}")),
}
"""clase → cómo se hace uno, y en qué frases aparece."""

SIN_DIGITO: dict[str, tuple[str, ...]] = {
    "clave_elector": ("GMVLMR80070515M100", "Credencial LPHRMR80031215H400 vigente"),
    "telefono": ("722 226 1980", "Cel. 7222261980", "llámele al (55) 1234-5678", "+52 722 226 1980", "55 1234 5678",
                 "su teléfono es 3312345678", "044 722 226 1980"),
    "correo": ("maria.lopez@gmail.com", "Escriba a Jose_Perez@HOTMAIL.COM, por favor", "rosa@yahoo.com.mx", "x@prodigy.net.mx"),
    "nacimiento": ("Nació el 12 de marzo de 1980", "fecha de nacimiento: 12/03/1980", "nacida 1-2-99 en Toluca"),
    "domicilio": ("C. Juan Pérez López, con domicilio en calle Morelos 123, Col. Centro",
                  "La beneficiaria vive en Av. Hidalgo 20, barrio de San Juan, Metepec",
                  "ROSA ELENA VILLANUEVA PEÑA, CALLE JUÁREZ NO. 8, COL. SAN MATEO",
                  "Domicilio particular: manzana 4, lote 12, fraccionamiento Las Torres"),
}
"""Los que no tienen dígito: ejemplos a mano."""


def directorio() -> list[str]:
    """Las celdas de texto de un renglón de directorio."""
    calle, numero = AZAR.choice(_CALLES), AZAR.randint(1, 1999)
    return [
        AZAR.choice(NOMBRES), AZAR.choice(APELLIDOS), f"JD-{AZAR.randint(1, 40)}", "Jefa del Departamento de Permisos",
        calle, str(numero), f"{calle} {numero}, Col. Centro, C.P. 5{_cifras(4)}, Metepec", f"5{_cifras(4)}",
        f"{AZAR.choice(NOMBRES).lower()}.{AZAR.choice(APELLIDOS).lower()}@metepec.gob.mx", f"Ext. {AZAR.randint(100, 999)}",
        f"Av. {calle} Pte. No. {numero}, esq. {AZAR.choice(_CALLES)}", "Lunes a viernes de 9:00 a 18:00 horas",
        f"https://metepec.gob.mx/cv/{_cifras(8)}.pdf", f"Cédula {_cifras(7)}"]


def contrato() -> list[str]:
    """Las celdas de texto de un renglón de contratos."""
    dia, anio = AZAR.randint(1, 28), AZAR.randint(2015, 2026)
    empresa = f"{_una(_LETRAS, 3)}{_fecha()}{_una('123456789ABC', 2)}{AZAR.choice('0123456789A')}"
    return [
        f"LPN-{AZAR.randint(1, 99):03d}-{anio}", f"MET/DA/{_cifras(4)}/{anio}", f"Contrato {_cifras(6)}-{anio}", empresa,
        f"Grupo {AZAR.choice(APELLIDOS)} y Asociados SA de CV",
        f"${AZAR.randint(1, 999)},{_cifras(3)},{_cifras(3)}.{_cifras(2)}",
        f"Del {dia:02d}/03/{anio} al {dia:02d}/12/{anio}", f"Artículos {AZAR.randint(1, 90)} fracción II y {dia} de la Ley",
        f"Suministro de {AZAR.randint(2, 900)} luminarias para la escuela primaria {AZAR.choice(_CALLES)}",
        f"Factura {_una('ABCDEF0123456789', 8)}-{_una('ABCDEF0123456789', 4)}",
        f"Partida {_cifras(4)}, proyecto 0{_cifras(11)}",
        f"Folio {_cifras(10)}", f"compras@{AZAR.choice(APELLIDOS).lower().replace('ó', 'o')}.com.mx",
        f"Clave catastral {_cifras(16)}",
        f"Oficio 2{_cifras(8)}/{anio} del {dia} de mayo de {anio}", f"01 800 {_cifras(3)} {_cifras(4)}",
        f"El contratista {empresa}, con domicilio en calle {AZAR.choice(_CALLES)} {dia}, Centro, dio fianza {_cifras(9)}"]
