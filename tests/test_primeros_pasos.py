"""Los primeros pasos se marcan solos, dicen qué falta, y cuestan lo mismo con poco que con mucho."""

import json

import pytest

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.configuracion import CAMPOS
from models.domain.cuentas import assign
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.masters import save_maestro
from models.domain.permissions import Rol
from models.domain.primeros_pasos import Guia, Paso, close_guia, read_guia, reopen_guia
from models.maestros import Area, Persona
from models.sujetos import SujetoObligado
from models.usuarios import Asignacion, Usuario
from tests.elenco import Casa
from tests.elenco import Persona as DelElenco

LOS_SEIS = ["organigrama", "directorio", "usuarios", "configuracion", "captura", "publicacion"]


def leer(casa: Casa, quien: DelElenco | None = None) -> Guia:
    actor = (quien or casa.laura).actor
    sujeto = SujetoObligado.get(SujetoObligado.id == casa.metepec.id)
    return read_guia(actor, sujeto, [f for f in vigente.foto.catalogo.activos if f.clave in casa.laura.actor.claves])


def paso(casa: Casa, clave: str) -> Paso:
    return next(uno for uno in leer(casa).pasos if uno.clave == clave)


def vaciar(casa: Casa) -> None:
    """Como el primer día: nadie más que la Unidad, y nada."""
    Area.delete().where(Area.sujeto_id == casa.metepec.id).execute()
    Persona.delete().where(Persona.sujeto_id == casa.metepec.id).execute()
    Asignacion.delete().where(Asignacion.sujeto_id == casa.metepec.id).execute()
    Usuario.delete().where(Usuario.sujeto_id == casa.metepec.id, Usuario.rol != Rol.UNIDAD).execute()


def configurar(casa: Casa) -> None:
    SujetoObligado.update(datos=json.dumps({campo.nombre: "x" for campo in CAMPOS})).where(
        SujetoObligado.id == casa.metepec.id).execute()


def completar(casa: Casa) -> None:
    save_maestro(casa.metepec.id, "area", {"nombre": "Unidad de Información", "orden": 3})
    configurar(casa)
    casa.hacer(casa.laura, "publicar", casa.capturar(casa.julieta))


def test_el_primer_dia_falta_todo_y_dice_que(casa: Casa) -> None:
    vaciar(casa)
    guia = leer(casa)
    assert [uno.clave for uno in guia.pasos] == LOS_SEIS and guia.hechos == 0 and not guia.completa
    assert guia.siguiente == guia.pasos[0]
    dichos = {uno.clave: uno.detalle for uno in guia.pasos}
    assert dichos["organigrama"].startswith("Todavía no hay áreas") and dichos["directorio"] == "0 personas"
    formatos = len(casa.laura.actor.claves)
    assert dichos["usuarios"] == f"ningún administrador · ningún capturista · {formatos} formatos sin responsable"
    assert dichos["configuracion"].startswith("Falta: Domicilio, Titular, ")


def test_el_organigrama_se_marca_con_el_area_de_la_unidad(casa: Casa) -> None:
    assert paso(casa, "organigrama").detalle == "2 áreas · falta el área de la Unidad de Información"
    suya = save_maestro(casa.metepec.id, "area", {"nombre": "Unidad de Transparencia", "orden": 3})
    assert paso(casa, "organigrama").hecho and paso(casa, "organigrama").detalle == "3 áreas"
    Area.update(baja_en=1).where(Area.sujeto_id == casa.metepec.id, Area.id == suya).execute()
    assert not paso(casa, "organigrama").hecho, "la que se dio de baja ya no cuenta"


def test_el_directorio_se_marca_con_una_persona(casa: Casa) -> None:
    assert paso(casa, "directorio").hecho and paso(casa, "directorio").detalle == "1 persona"
    Persona.update(baja_en=1).where(Persona.sujeto_id == casa.metepec.id).execute()
    assert paso(casa, "directorio").detalle == "0 personas" and not paso(casa, "directorio").hecho


def test_los_usuarios_se_marcan_cuando_todo_formato_tiene_responsable(casa: Casa) -> None:
    assert paso(casa, "usuarios").hecho and paso(casa, "usuarios").detalle == "2 administradores · 2 capturistas"
    Usuario.update(activo=False).where(Usuario.id == casa.nadia.id).execute()
    del_15 = sum(1 for f in vigente.foto.catalogo.activos if f.articulo == 15 and f.clave in casa.laura.actor.claves)
    assert paso(casa, "usuarios").detalle == f"1 administrador · 2 capturistas · {del_15} formatos sin responsable"
    assign(casa.julieta.usuario, "articulo", ["12", "15"])
    assert paso(casa, "usuarios").hecho


def test_la_configuracion_pide_el_contacto_de_la_unidad(casa: Casa) -> None:
    configurar(casa)
    assert paso(casa, "configuracion").hecho
    SujetoObligado.update(datos='{"domicilio": "Villada 37", "unidad_titular": "María", "unidad_telefono": "1", '
                                '"unidad_horario": "9 a 15"}').where(SujetoObligado.id == casa.metepec.id).execute()
    assert paso(casa, "configuracion").detalle == "Falta: Correo de la Unidad"


def test_se_captura_y_se_publica_y_lo_de_los_maestros_no_cuenta(casa: Casa) -> None:
    casa.hacer(casa.laura, "publicar", casa.capturar(casa.laura, "organigrama"), clave="organigrama")
    assert not paso(casa, "captura").hecho and not paso(casa, "publicacion").hecho
    registro = casa.capturar(casa.julieta)
    assert paso(casa, "captura").detalle == "1 registro capturado" and not paso(casa, "publicacion").hecho
    casa.hacer(casa.laura, "publicar", registro)
    assert paso(casa, "publicacion").hecho and paso(casa, "publicacion").detalle == "1 registro público"
    casa.hacer(casa.laura, "borrar", casa.capturar(casa.julieta))
    assert paso(casa, "captura").detalle == "1 registro capturado", "lo que está en la papelera no cuenta"


def test_se_quita_cuando_esta_completa_y_se_puede_volver_a_poner(casa: Casa) -> None:
    sujeto, formatos = casa.metepec.sujeto, [f for f in vigente.foto.catalogo.activos if f.clave in casa.laura.actor.claves]
    with pytest.raises(ActoImposible, match="Todavía faltan pasos"):
        close_guia(casa.laura.actor, sujeto, formatos)
    completar(casa)
    close_guia(casa.laura.actor, SujetoObligado.get(SujetoObligado.id == sujeto.id), formatos)
    assert SujetoObligado.get(SujetoObligado.id == sujeto.id).guia_cerrada is True
    reopen_guia(casa.laura.actor, sujeto)
    assert SujetoObligado.get(SujetoObligado.id == sujeto.id).guia_cerrada is False


def test_una_oficina_de_una_persona_tambien_la_completa(casa: Casa) -> None:
    completar(casa)
    Usuario.update(activo=False).where(Usuario.sujeto_id == casa.metepec.id, Usuario.rol != Rol.UNIDAD).execute()
    guia = leer(casa)
    assert guia.completa and guia.hechos == 5


@pytest.mark.parametrize("quien", ["ernesto", "julieta", "ramiro", "gabriela"])
def test_solo_la_unidad_de_la_institucion_la_ve(quien: str, casa: Casa) -> None:
    actor = getattr(casa, quien).actor
    for hacer in (lambda: leer(casa, getattr(casa, quien)), lambda: reopen_guia(actor, casa.metepec.sujeto),
                  lambda: close_guia(actor, casa.metepec.sujeto, [])):
        with pytest.raises(NoPermitido):
            hacer()


def test_cuesta_lo_mismo_con_poco_que_con_mucho(casa: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    def consultas() -> int:
        hechas: list[str] = []
        ejecutar = type(db.obj).execute_sql

        def contar(self: object, sql: str, *mas: object, **otras: object) -> object:
            hechas.append(sql)
            return ejecutar(self, sql, *mas, **otras)

        actor = casa.laura.actor
        formatos = [f for f in vigente.foto.catalogo.activos if f.clave in actor.claves]
        with monkeypatch.context() as parche:
            parche.setattr(type(db.obj), "execute_sql", contar)
            read_guia(actor, casa.metepec.sujeto, formatos)
        return len(hechas)

    poco = consultas()
    for i in range(40):
        save_maestro(casa.metepec.id, "area", {"nombre": f"Área {i}", "orden": i})
        casa.capturar(casa.julieta)
    assert consultas() == poco == 6
