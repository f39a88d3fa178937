"""Sorpresas: Hypothesis mueve a ocho personas de dos instituciones por donde se le ocurra, y se predice cada resultado.

La predicción no mira el código: sale de la tabla escrita a mano (``matriz_transiciones.csv``) y de lo que cada quien
tecleó. Tras cada paso: lo público es justo lo último que se aprobó —en su tabla, en el índice y en ``Publicados``—, los
contadores cuadran, y las filas de la otra institución son byte por byte las de antes.

Con ``HYPOTHESIS=largo`` busca mucho más (``make sorpresas``).
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.base import db
from models.domain.catalogo_vigente import archivos_de, vigente
from models.domain.errores import ReglaRota
from models.domain.masters import save_maestro
from models.domain.workflow.deshacer import undo
from models.folios import de_folio
from models.motores import abrir_lectura
from models.publicados import Publicados
from tests.bases import POCOS, Plantilla
from tests.catalogos import agregar_campo, cambiar, con_cambio, poner_en_vigor
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa, Persona, presentar
from tests.test_transiciones import MATRIZ

PERSONAS = ("laura", "ernesto", "julieta", "beto", "ramiro", "sofia", "ines", "tomas")
ACTOS = tuple(acto for acto in MATRIZ if acto != "editar")
PIDEN_MOTIVO = frozenset({"responder", "devolver", "retirar", "solicitar_baja", "rechazar_baja"})
PIDEN_COMPLETO = frozenset({"revisar", "responder", "publicar"})
SE_DESHACEN = frozenset({"devolver", "borrar", "solicitar_baja", "descartar"})
OBJETIVOS = ("Plantar encinos", "Regar ahuejotes", "Podar jacarandas", None)
PERIODOS = ("T1", "T4", "S2")
NOMBRES_DE_AREA = ("Obras Públicas", "Infraestructura", "Desarrollo Urbano")
FORMATOS = ("original", "con_campo", "semestral")
TABLAS = ("reg_convenios", "pub_convenios", "acto", "pub_version", "tablero", "pub_resumen", "registro_archivo",
          "pub_archivo", "pub_busqueda")


@dataclass(frozen=True)
class Contenido:
    """Lo que se puede teclear distinto de un convenio, y el nombre del área como estaba."""

    objetivo: str | None
    periodo: str
    compromiso: str | None
    area: str


@dataclass
class Modelo:
    """Lo que se espera de un registro."""

    sujeto: str
    dueno: str
    contenido: Contenido
    estado: str = "capturado"
    publico: Contenido | None = None
    fue_publico: bool = False
    baja: bool = False
    version: int = 1
    ultimo: tuple[str, str, str, bool, Contenido] | None = None
    """Lo último que se le hizo, si se deshace: quién, qué acto, y el estado, la baja y el contenido de antes."""


class Casona(RuleBasedStateMachine):
    """Los dos ayuntamientos. ``plantilla`` la pone cada prueba."""

    plantilla: Plantilla

    def __init__(self) -> None:
        super().__init__()
        self.pila = ExitStack()
        self.base = self.pila.enter_context(self.plantilla.copiar())
        self.casa: Casa = presentar()
        lectura = abrir_lectura(self.base.url, lambda tabla: tabla.startswith(("pub_", "sqlite_")))
        self.pila.callback(lectura.close_all)
        self.publicados = Publicados(lectura, lambda: vigente.foto)
        self.registros: dict[int, Modelo] = {}
        self.areas = dict.fromkeys(("metepec", "toluca"), "Dirección de Obras Públicas")
        self.formato = "original"

    def teardown(self) -> None:
        self.pila.close()

    # --- lo que hacen las personas ---

    @initialize(personas=st.lists(st.sampled_from(PERSONAS), min_size=3, max_size=5), publicar=st.booleans())
    def empezar_con_algo(self, personas: list[str], publicar: bool) -> None:
        for quien in personas:
            self.capturar(quien, OBJETIVOS[0], PERIODOS[0], None)
        if publicar:
            self.hacer("laura", "publicar", list(range(5)), True)

    @rule(quien=st.sampled_from(PERSONAS), objetivo=st.sampled_from(OBJETIVOS), periodo=st.sampled_from(PERIODOS),
          compromiso=st.sampled_from(("Regar", None)))
    def capturar(self, quien: str, objetivo: str | None, periodo: str, compromiso: str | None) -> None:
        persona, contenido = self._de(quien), self._tecleado(quien, objetivo, periodo, compromiso)
        with self._sin_tocar_a_la_otra(quien):
            if not self._admite(contenido):
                with pytest.raises(ReglaRota):
                    self.casa.capturar(persona, **self._campos(contenido))
                return
            registro = self.casa.capturar(persona, **self._campos(contenido))
        self.registros[registro] = Modelo(self._sujeto(quien), quien, contenido)

    @precondition(lambda self: self.registros)
    @rule(quien=st.sampled_from(PERSONAS), cual=st.integers(0, 9), objetivo=st.sampled_from(OBJETIVOS),
          periodo=st.sampled_from(PERIODOS), compromiso=st.sampled_from(("Regar", None)), atrasada=st.booleans())
    def editar(self, quien: str, cual: int, objetivo: str | None, periodo: str, compromiso: str | None, atrasada: bool
               ) -> None:
        registro, modelo = self._registro(cual)
        contenido = self._tecleado(quien, objetivo, periodo, compromiso)
        version = modelo.version - atrasada
        se_puede = self._admite(contenido) and self._permite(quien, "editar", modelo) and not atrasada
        with self._sin_tocar_a_la_otra(quien):
            try:
                self.casa.editar(self._de(quien), registro, version=version, **self._campos(contenido))
            except ReglaRota:
                assert not se_puede
                return
        assert se_puede
        if contenido != modelo.contenido:
            modelo.contenido, modelo.estado, modelo.version = contenido, "capturado", modelo.version + 1
            modelo.ultimo = None

    @precondition(lambda self: self.registros)
    @rule(quien=st.sampled_from(PERSONAS), acto=st.sampled_from(ACTOS),
          cuales=st.lists(st.integers(0, 9), min_size=1, max_size=4),
          con_motivo=st.sampled_from((True, True, True, False)))
    def hacer(self, quien: str, acto: str, cuales: list[int], con_motivo: bool) -> None:
        elegidos, motivo = dict(self._registro(cual) for cual in cuales), "Porque sí." if con_motivo else ""
        prohibido = all(llega == "no" for (rol, _), llega in MATRIZ[acto].items() if rol == self._rol(quien))
        with self._sin_tocar_a_la_otra(quien):
            try:
                hechos = self.casa.hacer(self._de(quien), acto, *elegidos, motivo=motivo).hechos
            except ReglaRota:
                assert prohibido or (acto in PIDEN_MOTIVO and not con_motivo)
                return
        assert not prohibido
        if acto in PIDEN_COMPLETO:
            self._poner_al_dia(modelo for modelo in elegidos.values() if self._permite(quien, acto, modelo))
        assert set(hechos) == {registro for registro, modelo in elegidos.items() if self._cabe(quien, acto, modelo)}
        for registro in hechos:
            modelo = self.registros[registro]
            antes = (quien, acto, modelo.estado, modelo.baja, modelo.contenido)
            self._anotar(acto, modelo, self._rol(quien))
            modelo.ultimo = antes if acto in SE_DESHACEN else None

    @precondition(lambda self: self.registros)
    @rule(quien=st.sampled_from(PERSONAS), cuales=st.lists(st.integers(0, 9), min_size=1, max_size=4))
    def deshacer(self, quien: str, cuales: list[int]) -> None:
        elegidos = dict(self._registro(cual) for cual in cuales)
        with self._sin_tocar_a_la_otra(quien):
            hechos = undo(self._de(quien).actor, self.casa.tabla(), list(elegidos)).hechos
        assert set(hechos) == {r for r, m in elegidos.items() if m.ultimo and m.ultimo[0] == quien}
        for modelo in (elegidos[registro] for registro in hechos):
            assert modelo.ultimo is not None
            _, acto, modelo.estado, modelo.baja, contenido = modelo.ultimo
            modelo.contenido = contenido if acto == "descartar" else modelo.contenido
            modelo.version, modelo.ultimo = modelo.version + 1, None

    @rule(siglas=st.sampled_from(("metepec", "toluca")), nombre=st.sampled_from(NOMBRES_DE_AREA))
    def renombrar_el_area(self, siglas: str, nombre: str) -> None:
        institucion = getattr(self.casa, siglas)
        save_maestro(institucion.id, "area", {"nombre": nombre, "orden": 1}, de_folio(institucion.obras))
        self.areas[siglas] = nombre

    @rule(formato=st.sampled_from(FORMATOS))
    def cambiar_el_formato(self, formato: str) -> None:
        cambios = {"con_campo": agregar_campo(obligatorio=True), "semestral": cambiar(periodicidad="semestral")}
        poner_en_vigor(con_cambio(CLAVE, cambios[formato]) if formato in cambios else archivos_de(1))
        self.formato = formato

    # --- lo que siempre es cierto ---

    @invariant()
    def todo_cuadra(self) -> None:
        integro(self.base)

    @invariant()
    def cada_registro_esta_como_se_espera(self) -> None:
        filas = {fila.id: fila for fila in self.casa.tabla().trabajo.select()}
        assert filas.keys() == self.registros.keys()
        for registro, modelo in self.registros.items():
            fila = filas[registro]
            assert (fila.estado, fila.version, fila.baja_motivo is not None, fila.numero_publico > 0) == (
                modelo.estado, modelo.version, modelo.baja, modelo.fue_publico)

    @invariant()
    def la_ciudadania_lee_justo_lo_ultimo_que_se_aprobo(self) -> None:
        with self.publicados.conexion():
            for siglas in ("metepec", "toluca"):
                institucion = self.publicados.institucion(siglas)
                assert institucion is not None
                leidos = self.publicados.registros(institucion, self.casa.tabla(), 2026).registros
                assert {r.id: (r.datos["objetivo"], r.periodo, r.datos["area_responsable"]["texto"])
                        for r in leidos} == {
                    id_: (m.publico.objetivo, m.publico.periodo, m.publico.area)
                    for id_, m in self.registros.items() if m.sujeto == siglas and m.publico}

    # --- la predicción ---

    def _cabe(self, quien: str, acto: str, modelo: Modelo) -> bool:
        if acto in PIDEN_COMPLETO and not self._completo(modelo.contenido):
            return False
        if acto == "rechazar_baja" and not modelo.baja:
            return False
        return self._permite(quien, acto, modelo)

    def _permite(self, quien: str, acto: str, modelo: Modelo) -> bool:
        if self._sujeto(quien) != modelo.sujeto or (self._rol(quien) == "capturista" and quien != modelo.dueno):
            return False
        if acto == "borrar" and modelo.fue_publico:
            return False
        con_copia = modelo.publico is not None and modelo.estado != "publicado"
        return MATRIZ[acto][self._rol(quien), modelo.estado + "+" * con_copia] != "no"

    def _anotar(self, acto: str, modelo: Modelo, rol: str) -> None:
        partida = modelo.estado + "+" * (modelo.publico is not None and modelo.estado != "publicado")
        modelo.estado, modelo.version = MATRIZ[acto][rol, partida], modelo.version + 1
        if acto == "publicar":
            modelo.publico, modelo.fue_publico = modelo.contenido, True
        elif acto == "descartar":
            assert modelo.publico is not None
            modelo.contenido = modelo.publico
        elif acto == "retirar":
            modelo.publico = None
        if acto in ("solicitar_baja", "rechazar_baja", "retirar", "borrar"):
            modelo.baja = acto == "solicitar_baja"

    def _poner_al_dia(self, modelos: Iterable[Modelo]) -> None:
        """Quien intenta aprobar ve el nombre que el área tiene hoy, y los campos que el formato tiene hoy."""
        for modelo in modelos:
            compromiso = modelo.contenido.compromiso if self.formato == "con_campo" else None
            modelo.contenido = replace(modelo.contenido, area=self.areas[modelo.sujeto], compromiso=compromiso)

    def _completo(self, contenido: Contenido) -> bool:
        return contenido.objetivo is not None and self._admite(contenido) and (
            self.formato != "con_campo" or contenido.compromiso is not None)

    def _admite(self, contenido: Contenido) -> bool:
        return contenido.periodo.startswith("S") == (self.formato == "semestral")

    # --- quién es quién ---

    def _de(self, quien: str) -> Persona:
        return getattr(self.casa, quien)  # type: ignore[no-any-return]

    def _sujeto(self, quien: str) -> str:
        return "metepec" if quien in PERSONAS[:4] else "toluca"

    def _rol(self, quien: str) -> str:
        return str(self._de(quien).usuario.rol)

    def _registro(self, cual: int) -> tuple[int, Modelo]:
        return list(self.registros.items())[cual % len(self.registros)]

    def _tecleado(self, quien: str, objetivo: str | None, periodo: str, compromiso: str | None) -> Contenido:
        compromiso = compromiso if self.formato == "con_campo" else None
        return Contenido(objetivo, periodo, compromiso, self.areas[self._sujeto(quien)])

    def _campos(self, contenido: Contenido) -> dict[str, Any]:
        campos = {"objetivo": contenido.objetivo, "periodo": contenido.periodo}
        return campos | ({"compromiso": contenido.compromiso} if self.formato == "con_campo" else {})

    @contextmanager
    def _sin_tocar_a_la_otra(self, quien: str) -> Iterator[None]:
        otra = self.casa.toluca if self._sujeto(quien) == "metepec" else self.casa.metepec
        antes = foto_de(otra.id)
        yield
        assert foto_de(otra.id) == antes, f"{quien} cambió filas de la otra institución"


def foto_de(sujeto_id: int) -> list[Any]:
    """Todas las filas de una institución, tal como están."""
    return [sorted(map(repr, db.execute_sql(f"SELECT * FROM {tabla} WHERE sujeto_id = {sujeto_id}")))
            for tabla in TABLAS]


@pytest.mark.parametrize("motor", ["sqlite", "postgresql"])
def test_pase_lo_que_pase_cada_quien_ve_lo_que_debe(motor: str, plantillas: Callable[..., Plantilla]) -> None:
    class EnEsteMotor(Casona):
        plantilla = plantillas(motor, POCOS)

    corta = settings(max_examples=12 if motor == "sqlite" else 3, stateful_step_count=30)
    run_state_machine_as_test(EnEsteMotor, settings=settings() if os.environ.get("HYPOTHESIS") == "largo" else corta)
