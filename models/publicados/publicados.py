"""La puerta de lo público: todo lo que el portal puede preguntar, y nada más."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from peewee import Database

from models.busqueda.consulta import parse
from models.domain.catalogo_vigente import Foto
from models.domain.periods import EJERCICIO_VIGENTE
from models.formatos import Tabla
from models.presentacion.arbol import Nodo, build_arbol
from models.publicados.acotados import fetch_ordenada
from models.publicados.agregados import Agregados
from models.publicados.archivos import ArchivoPublico, find_archivo, find_dueno_anterior, find_vivos
from models.publicados.cambios import Cambios
from models.publicados.copias import Copias
from models.publicados.corrido import Corrido
from models.publicados.corrido_al_dia import CorridoAlDia
from models.publicados.cortes import Corte
from models.publicados.cumplimientos import Cumplimientos
from models.publicados.dichos import Dichos, read_dichos
from models.publicados.directorio import Directorio
from models.publicados.filtros import SIN_FILTRO, Filtro
from models.publicados.fundidos import Fundidos
from models.publicados.gente import Gente
from models.publicados.hallazgos import Busqueda, Hallazgos, Tras, fetch_hallazgos
from models.publicados.historia import Historia
from models.publicados.instituciones import (
    Institucion,
    find_institucion,
    find_siglas_de_hoy,
    read_instituciones,
)
from models.publicados.mapa import Mapa
from models.publicados.memoria import Memoria
from models.publicados.obligaciones import Obligacion, read_obligaciones
from models.publicados.organigrama import read_organigrama
from models.publicados.organos import OrganoPublico, find_organo, read_organos
from models.publicados.paginas import TAMANO, Cursor, Pagina, Recorrido, fetch_pagina, iter_tramos
from models.publicados.palabras import Palabras
from models.publicados.panorama import Panorama, read_panorama
from models.publicados.pulso import Pulso
from models.publicados.recorridos import VENTANA, ConVentana, choose_recorrido
from models.publicados.registros import FilaPublica, Lapida, Registro, find_fila, find_lapida, find_registro
from models.publicados.resumenes import ResumenDeEjercicio, ResumenDeFormato, read_resumen
from models.publicados.todas import EnTodas
from models.publicados.versiones import Versiones
from models.publicados.vigencias import AlCorte, find_primer_ejercicio


class Publicados:
    """Lo publicado. Toda consulta corre en ``base_lectura``: solo lectura, y solo tablas ``pub_…``.

    Los métodos necesitan una conexión abierta (``conexion``), salvo ``tramos``, que abre la suya.
    """

    def __init__(
        self, base_lectura: Database, foto_actual: Callable[[], Foto], por_pagina: int = TAMANO, ventana: int = VENTANA,
    ) -> None:
        self.base, self.foto = base_lectura, foto_actual
        self.por_pagina, self.ventana = por_pagina, ventana
        self.pulso = Pulso(self.base)
        self.cumplimientos = Cumplimientos(self.base, self.foto)
        self.gente = Gente(self.base, self.foto)
        self.directorio = Directorio(self.base, self.pulso)
        self.palabras = Palabras(self.base)
        self.agregados = Agregados(self.base, self.foto)
        self.cambios = Cambios(self.base, self.foto)
        self.versiones = Versiones(self.base)
        self.historia = Historia(self.base, self.foto)
        self.panorama: Callable[[], Panorama] = Memoria(lambda: read_panorama(self.base), self.pulso.de_todos)
        self.todas = EnTodas(self.base, self.pulso.de_todos)
        self.fundidos = Fundidos(self.base, self.foto)
        self.corrido = Corrido(self.base, self.foto)
        self.corrido_al_dia = CorridoAlDia(self.base, self.historia)
        self.copias = Copias(self.base)
        self.mapa = Mapa(self.base, self.foto)

    def conexion(self) -> AbstractContextManager[object]:
        """Una conexión para este hilo, mientras dure el ``with``."""
        return self.base.connection_context()  # type: ignore[no-any-return]

    def abrir(self) -> None:
        """Toma una conexión para este hilo, si no la tiene."""
        self.base.connect(reuse_if_open=True)

    def cerrar(self) -> None:
        """Devuelve la conexión de este hilo."""
        if not self.base.is_closed():
            self.base.close()

    def instituciones(self) -> list[Institucion]:
        """Todas, por nombre."""
        return read_instituciones(self.base)

    def institucion(self, siglas: str) -> Institucion | None:
        """La que hoy tiene esas siglas; ``None`` si ninguna (vea ``siglas_de_hoy``)."""
        return find_institucion(self.base, siglas)

    def siglas_de_hoy(self, anteriores: str) -> str | None:
        """Las siglas de hoy de quien antes tuvo ``anteriores``."""
        return find_siglas_de_hoy(self.base, anteriores)

    def obligaciones(self, institucion: Institucion) -> list[Obligacion]:
        """Lo que debe publicar, en el orden de la ley, y cómo va."""
        return read_obligaciones(self.base, self.foto().catalogo, institucion)

    def dichos(self, institucion: Institucion, clave: str) -> Dichos:
        """Lo que se dice de un formato sin leer sus registros."""
        return read_dichos(self.base, institucion.id, clave)

    def resumen(self, institucion: Institucion, clave: str) -> ResumenDeFormato:
        """Cuántos registros públicos hay de un formato, por ejercicio."""
        return read_resumen(self.base, institucion.id, clave)

    def organigrama(self, institucion: Institucion, tabla: Tabla) -> list[Nodo]:
        """Las áreas públicas, para dibujarlas, con sus ramas; vacía si el formato no es el de las áreas."""
        proyeccion = tabla.formato.proyeccion
        if proyeccion is None or proyeccion.maestro != "area":
            return []
        return build_arbol(read_organigrama(self.base, tabla, institucion.id))

    def organos(self, institucion: Institucion) -> list[OrganoPublico]:
        """Los órganos colegiados publicados de una institución, por nombre."""
        return read_organos(self.base, institucion.id)

    def organo(self, institucion: Institucion, id: int) -> OrganoPublico | None:
        """Un órgano colegiado publicado; ``None`` si no lo está."""
        return find_organo(self.base, institucion.id, id)

    def primer_ejercicio(self, institucion: Institucion, clave: str) -> int | None:
        """El año en que un formato publicó por primera vez; ``None`` si nunca."""
        return find_primer_ejercicio(self.base, institucion.id, clave)

    def registros(
        self, institucion: Institucion, tabla: Tabla, ejercicio: int, filtro: Filtro = SIN_FILTRO,
        cursor: Cursor | None = None,
    ) -> Pagina:
        """Una página de lo público hoy. Para lo vigente, ``ejercicio`` es 0.

        Si se pidió un orden y son demasiados para darlo (``acotados.TOPE``), va de lo más nuevo a lo más viejo.
        """
        if filtro.orden is not None:
            resumen = self.resumen(institucion, tabla.clave).de(ejercicio)
            ordenada = fetch_ordenada(self.base, tabla, institucion.id, resumen, filtro, cursor, self.por_pagina)
            if ordenada is not None:
                return ordenada
        recorrido = self._recorrido(institucion, tabla, ejercicio, filtro)
        return Pagina() if recorrido is None else fetch_pagina(recorrido, cursor, self.por_pagina)

    def contar(
        self, institucion: Institucion, tabla: Tabla, resumen: ResumenDeEjercicio, filtro: Filtro,
    ) -> int | None:
        """Cuántos registros del ejercicio pasan el filtro, o ``None`` si saberlo obligaría a recorrer la tabla."""
        if filtro.texto:
            return None
        if not filtro.afina:
            return resumen.periodos.get(filtro.periodo, 0) if filtro.periodo else resumen.n
        return ConVentana(self.base, tabla, institucion.id, resumen.ejercicio, filtro, self.ventana).contar()

    def vigentes_al_cierre(
        self, institucion: Institucion, tabla: Tabla, ejercicio: int, cursor: Cursor | None = None,
    ) -> Pagina:
        """Una página de lo que estaba vigente al terminar un año (o ahora, si no ha terminado)."""
        corte = Corte.al_cierre(ejercicio).instante
        return fetch_pagina(AlCorte(self.base, tabla, institucion.id, EJERCICIO_VIGENTE, corte), cursor, self.por_pagina)

    def tramos(
        self, institucion: Institucion, tabla: Tabla, ejercicio: int, filtro: Filtro = SIN_FILTRO,
        corte: Corte | None = None,
    ) -> Iterator[list[FilaPublica]]:
        """Todos los registros, crudos y por tramos, para descargarlos; con ``corte``, los de ese día.

        Cada tramo toma una conexión y la suelta al darse.
        """
        if corte is not None:
            tramos = self.historia.tramos(institucion, tabla, ejercicio, corte)
        else:
            recorrido = self._recorrido(institucion, tabla, ejercicio, filtro, crudo=True)
            tramos = iter_tramos(recorrido) if recorrido else iter(())
        while True:
            with self.conexion():
                tramo = next(tramos, None)
            if tramo is None:
                return
            yield tramo

    def registro(self, institucion: Institucion, tabla: Tabla, id: int) -> Registro | Lapida | None:
        """El registro público; su lápida si se retiró; ``None`` si nunca fue público."""
        return (find_registro(self.base, tabla, institucion.id, id)
                or find_lapida(self.base, institucion.id, tabla.clave, id))

    def fila(self, institucion: Institucion, tabla: Tabla, id: int) -> FilaPublica | None:
        """El registro público tal como está en la base; ``None`` si hoy no lo es."""
        return find_fila(self.base, tabla, institucion.id, id)

    def archivo(self, institucion: Institucion, archivo_id: int) -> ArchivoPublico | None:
        """El archivo, si es público en este momento."""
        return find_archivo(self.base, institucion.id, archivo_id)

    def archivos_vivos(self, institucion: Institucion, id: int) -> frozenset[int]:
        """Los archivos de un registro que hoy se entregan."""
        return find_vivos(self.base, institucion.id, id)

    def dueno_anterior(self, institucion: Institucion, archivo_id: int) -> tuple[str, int] | None:
        """(clave, registro) del que llevó un archivo que ya no se entrega."""
        return find_dueno_anterior(self.base, institucion.id, archivo_id)

    def buscar(self, busqueda: Busqueda, tras: Tras | None = None) -> Hallazgos:
        """Los registros públicos que tienen lo buscado, en el orden pedido. ``tras``: dónde acabó la página anterior."""
        return fetch_hallazgos(self.base, self.foto().tablas, busqueda, tras)

    def _recorrido(
        self, institucion: Institucion, tabla: Tabla, ejercicio: int, filtro: Filtro, crudo: bool = False,
    ) -> Recorrido | None:
        """``None`` si se pidieron palabras y no quedó ninguna que buscar: nada puede cumplirlo."""
        consulta = parse(filtro.texto) if filtro.texto else None
        if filtro.texto and consulta is None:
            return None
        return choose_recorrido(self.base, tabla, institucion.id, ejercicio, filtro, consulta, self.ventana, crudo)
