"""El organigrama y el directorio desde Excel: qué pasaría, celda por celda; y al cargarlo, todo en rojo y una sola vez."""

import io
import time
from typing import Any

import pytest
from openpyxl import load_workbook

from models.domain.errores import ActoImposible, NoPermitido
from models.domain.masters import save_maestro
from models.domain.proyeccion import bring_maestros
from models.folios import de_folio
from models.hojas.lectura import HojaRechazada
from models.hojas.maestros.cotejo import PROPIA, build_plan
from models.hojas.maestros.libros import make_libro
from models.hojas.maestros.plan import Plan
from models.hojas.maestros.volcado import Volcado, load_plan
from models.maestros import Area, Persona
from tests.bases import Base
from tests.elenco import Casa
from tests.libros import AREAS, PERSONAS, celdas, hostiles, libro

ARBOL = (("Presidencia", "", "Presidenta", "Gobernar"), ("Secretaría", "Presidencia", "Secretario", "Certificar"),
         ("Archivo", "Secretaría", "Jefa", "Guardar"))


def planear(casa: Casa, contenido: bytes, que: str = "organigrama", **mas: Any) -> Plan:
    return build_plan(casa.metepec.id, casa.tabla(que), contenido, **mas)


def cargar(casa: Casa, contenido: bytes, que: str = "organigrama", buenos: bool = False, **mas: Any) -> Volcado:
    return load_plan(casa.laura.actor, casa.tabla(que), planear(casa, contenido, que, **mas), buenos)


def suertes(plan: Plan) -> dict[str, str]:
    return {renglon.nombre: renglon.accion for renglon in plan.renglones}


def problemas(plan: Plan) -> list[tuple[str, str]]:
    return [problema for renglon in plan.renglones for problema in renglon.problemas]


def area(nombre: str) -> Area:
    return Area.get(Area.nombre == nombre, Area.baja_en.is_null())


def test_un_organigrama_entero_nace_en_rojo_y_bien_colgado(casa: Casa) -> None:
    contenido = libro(AREAS, *reversed(ARBOL))
    plan = planear(casa, contenido)
    assert set(suertes(plan).values()) == {"nuevo"} and not Area.select().where(Area.nombre == "Archivo").exists()
    volcado = cargar(casa, contenido, responsable=PROPIA)
    assert (volcado.nuevos, volcado.cambiados, volcado.fuera) == (3, 0, [])
    assert area("Archivo").padre_id == area("Secretaría").id and area("Presidencia").padre_id is None
    fila = casa.fila(area("Archivo").id, "organigrama")
    assert (fila.estado, fila.faltan, fila.publica, fila.area_responsable) == ("capturado", 0, None, area("Archivo").id)
    assert not Area.select().where(Area.sujeto_id == casa.toluca.id, Area.nombre == "Archivo").exists()


def test_cargarlo_otra_vez_no_cambia_nada_y_lo_distinto_se_dice(casa: Casa) -> None:
    cargar(casa, libro(AREAS, *ARBOL))
    assert set(suertes(planear(casa, libro(AREAS, *ARBOL))).values()) == {"igual"}
    antes = casa.fila(area("Archivo").id, "organigrama").version
    assert cargar(casa, libro(AREAS, *ARBOL)) == Volcado() and casa.fila(area("Archivo").id, "organigrama").version == antes
    movido = libro(AREAS, ("Archivo", "Presidencia", "", ""))
    [renglon] = planear(casa, movido).renglones
    assert (renglon.accion, renglon.cambios) == ("cambia", ["Área de la que depende"])
    cargar(casa, movido)
    assert area("Archivo").padre_id == area("Presidencia").id
    assert '"puesto":"Jefa"' in casa.fila(area("Archivo").id, "organigrama").contenido, "lo que venía en blanco no se perdió"


def test_confirmar_dos_veces_la_misma_hoja_la_carga_una(casa: Casa) -> None:
    """Las dos hicieron su plan antes de que alguna escribiera: un doble clic en una red lenta."""
    uno, otro = (planear(casa, libro(AREAS, *ARBOL), responsable=PROPIA) for _ in range(2))
    tabla = casa.tabla("organigrama")
    assert load_plan(casa.laura.actor, tabla, uno, False, "la hoja").nuevos == 3
    assert load_plan(casa.laura.actor, tabla, otro, False, "la hoja").nuevos == 0
    assert Area.select().where(Area.nombre.in_([fila[0] for fila in ARBOL])).count() == 3
    assert tabla.trabajo.select().where(tabla.trabajo.sujeto_id == casa.metepec.id).count() == 3


def test_por_folio_se_le_cambia_el_nombre_y_con_acentos_de_menos_es_la_misma(casa: Casa) -> None:
    obras = casa.metepec.obras
    bring_maestros(casa.laura.actor, casa.tabla("organigrama"))
    cargar(casa, libro(("Folio", "Nombre del área"), (obras, "Dirección de Obra Pública")))
    assert Area.get(Area.id == de_folio(obras)).nombre == "Dirección de Obra Pública"
    [renglon] = planear(casa, libro(AREAS, ("direccion de OBRA publica", "", "Director", ""))).renglones
    assert renglon.id == de_folio(obras) and "Puesto de quien la encabeza" in renglon.cambios


def test_las_que_se_llaman_igual_se_distinguen_por_su_superior(casa: Casa) -> None:
    cargar(casa, libro(AREAS, ("A", "", "", ""), ("B", "", "", ""), ("Enlace", "A", "", ""), ("Enlace", "B", "", "")))
    assert Area.select().where(Area.nombre == "Enlace").count() == 2
    plan = planear(casa, libro(AREAS, ("Ventanilla", "Enlace", "", ""), ("Caja", "B / Enlace", "", "")))
    assert suertes(plan) == {"Ventanilla": "no_cabe", "Caja": "nuevo"}
    assert problemas(plan)[0][0] == "B2" and "Hay 2 áreas" in problemas(plan)[0][1]
    assert set(suertes(planear(casa, libro(AREAS, ("Enlace", "A", "", ""), ("Enlace", "B", "", "")))).values()) == {"igual"}


@pytest.mark.parametrize("filas, celda, dice", [
    ((("", "", "Jefe", ""),), "A2", "falta"), ((("X", "Nadie", "", ""),), "B2", "no es un área"),
    ((("X", "", "", ""), ("x", "", "", "")), "A3", "misma que la de la fila 2"), ((("X", "X", "", ""),), "B2", "sí misma"),
    ((("X", "Y", "", ""), ("Y", "X", "", "")), "B2", "sí misma"), ((("=1+1", "", "", ""),), "A2", "fórmula"),
    ((("X", "=A1", "", ""),), "B2", "fórmula"), ((("Y" * 300, "", "", ""),), "A2", "caben 150"),
    ((("X", "Direccion de Obra Publica", "", ""),), "B2", "¿Quiso decir «Dirección de Obras Públicas»?"),
])
def test_lo_que_no_cabe_dice_en_que_celda_y_por_que(filas: tuple[Any, ...], celda: str, dice: str, casa: Casa) -> None:
    plan = planear(casa, libro(AREAS, *filas))
    assert any(donde == celda and dice in por_que for donde, por_que in problemas(plan)), problemas(plan)
    with pytest.raises(ActoImposible, match="solo los buenos"):
        load_plan(casa.laura.actor, casa.tabla("organigrama"), plan, False)
    assert Area.select().where(Area.sujeto_id == casa.metepec.id).count() == 2, "no se cargó nada"


def test_solo_los_buenos_y_lo_que_colgaba_de_uno_malo_tambien_se_queda(casa: Casa) -> None:
    plan = planear(casa, libro(AREAS, ("Mala", "Nadie", "", ""), ("Hija", "Mala", "", ""), ("Nieta", "Hija", "", ""),
                               ("Buena", "", "", "")))
    assert suertes(plan) == {"Mala": "no_cabe", "Hija": "no_cabe", "Nieta": "no_cabe", "Buena": "nuevo"}
    assert "de ella depende" in dict(problemas(plan))["B4"]
    assert load_plan(casa.laura.actor, casa.tabla("organigrama"), plan, True).nuevos == 1


def test_cargar_solo_lo_bueno_no_deja_un_ciclo(casa: Casa) -> None:
    """Con la hoja entera no lo hay; pero si la que se iba a mover no cabe, sí lo habría."""
    cargar(casa, libro(AREAS, ("A", "", "", ""), ("B", "A", "", "")))
    plan = planear(casa, libro(AREAS, ("A", "B", "", ""), ("B", "Dirección de Obras Públicas", "=1", "")))
    assert suertes(plan) == {"A": "no_cabe", "B": "no_cabe"} and "sí misma" in dict(problemas(plan))["B2"]


def test_el_directorio_se_carga_con_su_area_y_se_reconoce_por_nombre(casa: Casa) -> None:
    gente = (("Ana", "Ríos", "", "Jefa", "Tesorería Municipal"), ("Luis", "Peña", "Cruz", "Auxiliar", "obras"))
    plan = planear(casa, libro(PERSONAS, *gente), "directorio")
    assert suertes(plan) == {"Ana Ríos": "nuevo", "Luis Peña Cruz": "no_cabe"} and problemas(plan)[0][0] == "E3"
    assert cargar(casa, libro(PERSONAS, gente[0]), "directorio", responsable=casa.metepec.tesoreria).nuevos == 1
    ana = Persona.get(Persona.nombre == "Ana Ríos")
    assert ana.area_id == de_folio(casa.metepec.tesoreria) and casa.fila(ana.id, "directorio").estado == "capturado"
    [renglon] = planear(casa, libro(PERSONAS, ("ANA", "Rios", "", "Directora", "")), "directorio").renglones
    assert (renglon.id, renglon.cambios) == (ana.id, ["Nombre", "Primer apellido", "Cargo"])
    save_maestro(casa.metepec.id, "persona", {"nombre": "Ana", "primer_apellido": "Ríos"})
    assert "ponga el folio" in problemas(planear(casa, libro(PERSONAS, gente[0]), "directorio"))[0][1]


def test_la_plantilla_con_lo_que_ya_esta_vuelve_igual_y_la_vacia_no_carga_su_ejemplo(casa: Casa) -> None:
    for que in ("organigrama", "directorio"):
        bring_maestros(casa.laura.actor, casa.tabla(que))
        lleno = make_libro(casa.metepec.id, casa.tabla(que), True)
        assert set(suertes(planear(casa, lleno, que)).values()) == {"igual"}, que
        vacio = make_libro(casa.metepec.id, casa.tabla(que), False)
        assert len(celdas(vacio)) == 2 and celdas(vacio, "Instrucciones")
        with pytest.raises(HojaRechazada, match="ningún renglón"):
            planear(casa, vacio, que)
    reglas = load_workbook(io.BytesIO(vacio)).worksheets[0].data_validations.dataValidation
    assert any("Tesorería Municipal" in str(regla.formula1) for regla in reglas), "las áreas se eligen de una lista"


def test_una_lista_larga_va_en_su_hoja(casa: Casa) -> None:
    for i in range(40):
        save_maestro(casa.metepec.id, "area", {"nombre": f"Dirección número {i}, con coma"})
    contenido = make_libro(casa.metepec.id, casa.tabla("directorio"), False)
    assert "Dirección número 7, con coma" in [celda for fila in celdas(contenido, "Listas") for celda in fila]


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # lo que importa es el libro
def test_un_nombre_que_parece_formula_sale_como_texto(casa: Casa) -> None:
    save_maestro(casa.metepec.id, "area", {"nombre": "=HYPERLINK(\"http://malo\")"})
    contenido = make_libro(casa.metepec.id, casa.tabla("organigrama"), True)
    hoja = load_workbook(io.BytesIO(contenido)).worksheets[0]
    assert {celda.data_type for fila in hoja.iter_rows() for celda in fila if celda.value} == {"s"}


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # se rechaza antes de llegar a la base
@pytest.mark.parametrize("nombre", hostiles())
def test_un_libro_hostil_se_rechaza_pronto_y_en_espanol(nombre: str, casa: Casa) -> None:
    antes = time.monotonic()
    try:
        plan = planear(casa, hostiles()[nombre])
        assert nombre in ("dimensiones enormes", "filas al revés") and not plan.de("nuevo")
    except HojaRechazada as error:
        assert len(str(error)) > 15
    assert time.monotonic() - antes < 10
    assert Area.select().where(Area.sujeto_id == casa.metepec.id).count() == 2


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # se rechaza antes de llegar a la base
def test_mas_renglones_de_los_que_caben_se_rechazan(casa: Casa) -> None:
    with pytest.raises(HojaRechazada, match="más de 3,000"):
        planear(casa, libro(AREAS, *((f"Área {i}", "", "", "") for i in range(3001))))


def test_lo_de_otra_institucion_no_se_reconoce_ni_se_toca(casa: Casa) -> None:
    plan = planear(casa, libro(("Folio", "Nombre del área"), (casa.toluca.obras, "Mía")))
    assert "no es de su institución" in problemas(plan)[0][1]
    plan = planear(casa, libro(AREAS, ("X", casa.toluca.obras, "", "")))
    assert "no es un área" in problemas(plan)[0][1]
    with pytest.raises(NoPermitido):
        load_plan(casa.nadia.actor, casa.tabla("organigrama"), planear(casa, libro(AREAS, *ARBOL)), False)


def test_lo_retirado_no_se_revive_desde_una_hoja(casa: Casa) -> None:
    cargar(casa, libro(AREAS, *ARBOL))
    casa.hacer(casa.laura, "borrar", area("Archivo").id, clave="organigrama")
    assert "papelera" in problemas(planear(casa, libro(AREAS, ("Archivo", "", "Jefe", ""))))[0][1]


def test_dos_mil_areas_se_cargan_en_un_tiempo_razonable(base: Base, casa: Casa) -> None:
    """En PostgreSQL, menos: lo que se mide es lo mismo y la prueba ya tarda."""
    cuantas = 200 if base.es_postgres else 2000
    filas = [(f"Área {i:04}", f"Área {i // 5:04}" if i else "", "Jefe", "Hacer") for i in range(cuantas)]
    contenido = libro(AREAS, *filas)
    antes = time.monotonic()
    plan = planear(casa, contenido)
    planeado = time.monotonic() - antes
    assert load_plan(casa.laura.actor, casa.tabla("organigrama"), plan, False).nuevos == cuantas
    cargado = time.monotonic() - antes - planeado
    assert planeado < 5 and cargado < 40, (planeado, cargado)
    assert set(suertes(planear(casa, contenido)).values()) == {"igual"}
    assert area("Área 0199").padre_id == area("Área 0039").id
