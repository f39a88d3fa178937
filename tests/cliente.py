"""El sistema entero detrás de su puerta, y quienes lo visitan. Cada página que dan pasa por la revisión de ``pagina.py``.

    julieta = sitio.de(sitio.casa.julieta)
    lista = julieta.get("/ipo/f/convenios/")
    julieta.enviar(lista.forma("form[data-lote]"), sel=…, acto="borrar")
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import stream_encode_multipart

from app import create_app
from models.base import db
from models.domain.catalogo_vigente import Foto
from models.folios import a_folio
from models.hojas.cargas.carpeta import carpeta as de_cargas
from models.servicio.entorno import Entorno
from models.usuarios import Sesion
from tests.bases import CATALOGO, Base, DePostgres, DeSqlite, ensenar, soltar
from tests.elenco import CLAVE, CONTRASENA, Casa, Persona
from tests.pagina import Forma, Pagina, faltas_de

SECRETO = "no-es-de-nadie-" * 4
FICHA = "csrf_token"


def entorno_de(base: str, datos: Path, **cambios: object) -> Entorno:
    """La configuración de las pruebas."""
    return Entorno(puerto=0, datos=datos, base_datos=base, catalogo=CATALOGO, secretos=(SECRETO,), nombre="pruebas",
                   anfitriones=(), https=False, proxy=None, deshacer=0).con(**cambios)


@dataclass(frozen=True)
class Llave:
    """Lo que abrió la puerta a una persona la primera vez: su cookie, su testigo y la fila de su sesión."""

    cookie: str
    ficha: str
    sesion: dict[str, Any]


class Sede:
    """La aplicación sobre una base que se renueva para cada prueba: armarla y entrar (argon2) se pagan una vez."""

    def __init__(self, plantilla: DeSqlite | DePostgres, carpeta: Path) -> None:
        self.plantilla, self.carpeta = plantilla, carpeta
        self.llaves: dict[str, Llave] = {}
        self.ruta = carpeta / "sitio.db"
        url = f"sqlite:///{self.ruta}" if isinstance(plantilla, DeSqlite) else plantilla.url
        self.entorno = entorno_de(url, carpeta)
        self.app = create_app(self.entorno)
        self._motor = db.obj

    @contextmanager
    def abrir(self) -> Iterator["Sitio"]:
        """Un sitio limpio: la base recién hecha y el almacén de archivos vacío."""
        for nombre in ("archivos", "cargas"):
            shutil.rmtree(self.carpeta / nombre, ignore_errors=True)
        (self.carpeta / "archivos").mkdir()
        de_cargas.initialize(self.entorno.datos)
        with self._base() as base:
            try:
                yield Sitio(self, self.app, base, base.presentar())
            finally:
                self.app.extensions["ipomex"]["publicados"].base.close_all()
                self.app.extensions["ipomex"]["pulsometro"].cerrar()

    @contextmanager
    def _base(self) -> Iterator[Base]:
        if isinstance(self.plantilla, DePostgres):
            with self.plantilla.prestar() as prestada:
                yield prestada
            return
        self._motor.close_all()
        for resto in self.carpeta.glob(f"{self.ruta.name}*"):
            resto.unlink()
        shutil.copyfile(self.plantilla.archivo, self.ruta)
        db.initialize(self._motor)
        ensenar(self.plantilla.foto)
        try:
            yield Base("sqlite", self.entorno.base_datos, self.plantilla.casa)
        finally:
            soltar()
            ensenar(None)


@dataclass
class Sitio:
    """Las dos caras, con el elenco adentro."""

    sede: Sede
    app: Flask
    base: Base
    casa: Casa
    _visitantes: dict[str, "Visitante"] = field(default_factory=dict)

    @property
    def portal(self) -> Flask:
        portal = self.app.extensions["ipomex"]["portal"]
        assert isinstance(portal, Flask)
        return portal

    @contextmanager
    def con(self, **cambios: object) -> Iterator["Sitio"]:
        """La misma base servida por otra aplicación, con otra configuración."""
        motor = db.obj
        app = create_app(self.sede.entorno.con(**cambios))
        try:
            yield Sitio(self.sede, app, self.base, self.casa)
        finally:
            app.extensions["ipomex"]["publicados"].base.close_all()
            app.extensions["ipomex"]["pulsometro"].cerrar()
            db.obj.close_all()
            db.initialize(motor)

    def estropear(self) -> None:
        """La base se daña de verdad: su archivo ya no es una base de datos. Solo en SQLite."""
        self.app.extensions["ipomex"]["publicados"].base.close_all()
        self.app.extensions["ipomex"]["pulsometro"].cerrar()
        db.obj.close_all()
        for resto in self.sede.carpeta.glob(f"{self.sede.ruta.name}-*"):
            resto.unlink()
        self.sede.ruta.write_bytes(b"Esto ya no es una base de datos. " * 200)

    def ensenar(self, foto: Foto) -> None:
        """Este proceso trabaja con esa foto del catálogo, aunque otro ya haya aplicado una más nueva."""
        ensenar(foto)

    def anonimo(self) -> "Visitante":
        """Alguien que nunca ha entrado."""
        return Visitante(self, self.app.test_client())

    def de(self, persona: Persona, *, otra_vez: bool = False) -> "Visitante":
        """El navegador de una persona que ya entró; siempre el mismo, salvo ``otra_vez``."""
        usuario = str(persona.usuario.usuario)
        if usuario not in self._visitantes or otra_vez:
            self._visitantes[usuario] = self._entrar(usuario)
        return self._visitantes[usuario]

    def _entrar(self, usuario: str) -> "Visitante":
        visitante = self.anonimo()
        llave = self.sede.llaves.get(usuario)
        if llave is None:
            assert visitante.entrar(usuario).codigo == 302
            visitante.ficha = visitante.get("/ipo/contrasena").ficha
            self.sede.llaves[usuario] = Llave(visitante.cookie, visitante.ficha, ultima_sesion())
        else:
            Sesion.insert(**llave.sesion).on_conflict_ignore().execute()
            visitante.cookie, visitante.ficha = llave.cookie, llave.ficha
        return visitante

    def url(self, pantalla: str = "", clave: str = CLAVE) -> str:
        return f"/ipo/f/{clave}/{pantalla}"


def ultima_sesion() -> dict[str, Any]:
    """La fila de la sesión que se abrió al último."""
    return dict(Sesion.select().order_by(Sesion.creada.desc()).dicts().first())


class Visitante:
    """Un navegador: guarda su cookie y su testigo, y revisa cada página que recibe."""

    def __init__(self, sitio: Sitio, cliente: FlaskClient) -> None:
        self.sitio, self.cliente = sitio, cliente
        self.ficha = ""
        self.texto_ajeno, self.revisa = False, True

    @property
    def cookie(self) -> str:
        galleta = self.cliente.get_cookie("ipomex")
        return galleta.value if galleta else ""

    @cookie.setter
    def cookie(self, valor: str) -> None:
        self.cliente.set_cookie("ipomex", valor)

    def pedir(self, metodo: str, ruta: str, **mas: Any) -> Pagina:
        """Cualquier petición; si la respuesta es una página, la revisa."""
        with self.cliente.open(ruta, method=metodo, buffered=True, **mas) as respuesta:
            pagina = Pagina(ruta, respuesta.status_code, respuesta.headers, respuesta.get_data())
        if self.revisa and pagina.es_html and pagina.cuerpo and not 300 <= pagina.codigo < 400:
            faltas = faltas_de(pagina, self.texto_ajeno)
            assert not faltas, f"{metodo} {ruta} → {pagina.codigo}: {'; '.join(faltas)}"
        return pagina

    def get(self, ruta: str, **consulta: Any) -> Pagina:
        return self.pedir("GET", ruta, query_string=consulta or None)

    def post(self, ruta: str, datos: Mapping[str, Any] | None = None, *, ficha: bool = True, **mas: Any) -> Pagina:
        """Envía datos; con ``ficha``, con su testigo. Un archivo va como ``(nombre, bytes)``; varios valores, en lista."""
        todo: MultiDict[str, Any] = MultiDict([(FICHA, self.ficha)] if ficha else [])
        for nombre, valores in (datos.lists() if isinstance(datos, MultiDict) else (datos or {}).items()):
            for valor in valores if isinstance(valores, list) else [valores]:
                todo.add(nombre, FileStorage(BytesIO(valor[1]), valor[0]) if isinstance(valor, tuple) else valor)
        if any(isinstance(valor, FileStorage) for valor in todo.values()):
            flujo, _, frontera = stream_encode_multipart(todo, use_tempfile=False)
            mas |= {"content_type": f"multipart/form-data; boundary={frontera}"}
            return self.pedir("POST", ruta, data=flujo.read(), **mas)
        return self.pedir("POST", ruta, data=todo, **mas)

    def enviar(self, forma: Forma, **cambios: Any) -> Pagina:
        """Manda un formulario como venía, con esos cambios; ``None`` quita un campo."""
        campos: MultiDict[str, Any] = MultiDict(forma.campos)
        for nombre, valor in cambios.items():
            campos.poplist(nombre)
            if valor is not None:
                campos.setlist(nombre, valor if isinstance(valor, list) else [valor])
        return self.post(forma.destino, campos, ficha=False)

    def seguir(self, pagina: Pagina) -> Pagina:
        """La página a la que otra redirige."""
        assert pagina.lleva_a, f"{pagina.codigo}: {pagina.errores or pagina.texto[:300]}"
        return self.get(pagina.lleva_a)

    def entrar(self, usuario: str, contrasena: str = CONTRASENA, sigue: str = "") -> Pagina:
        """Llena y envía la entrada, como cualquiera."""
        forma = self.get("/ipo", **({"sigue": sigue} if sigue else {})).forma("form[action='/ipo']")
        return self.enviar(forma, usuario=usuario, contrasena=contrasena)

    def entrar_a_ciegas(self, usuario: str, contrasena: str) -> Pagina:
        """Manda la entrada sin haber visto su página (con la base caída no la hay)."""
        return self.post("/ipo", {"usuario": usuario, "contrasena": contrasena})

    def capturar(self, persona: Persona, clave: str = CLAVE, **campos: Any) -> str:
        """Captura un registro completo desde el formulario y da su folio."""
        crudo = self.sitio.casa.crudo(persona, clave, **campos)
        hecho = self.post(self.sitio.url("nuevo", clave), tecleado(crudo))
        assert hecho.codigo == 302, hecho.errores
        return hecho.lleva_a.rpartition("=")[2]


def tecleado(crudo: Mapping[str, Any]) -> MultiDict[str, Any]:
    """Un registro de la fábrica como lo manda el formulario: las tablas, celda por celda."""
    campos: MultiDict[str, Any] = MultiDict()
    for nombre, valor in crudo.items():
        if isinstance(valor, list) and valor and isinstance(valor[0], dict):
            for i, renglon in enumerate(valor):
                for columna, celda in renglon.items():
                    campos.setlist(f"{nombre}-{i}-{columna}", celda if isinstance(celda, list) else [celda])
        else:
            campos.setlist(nombre, valor if isinstance(valor, list) else [valor])
    return campos


def folio(registro: int) -> str:
    return a_folio(registro)
