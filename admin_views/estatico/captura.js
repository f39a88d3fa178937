// La hoja de captura: lo tecleado se guarda en este equipo y, en cuanto hay red, como borrador en el servidor. Sin red se
// sigue escribiendo, y lo que se quiso guardar se envía solo cuando vuelve. Sin este archivo la hoja se envía como cualquiera.
"use strict";
(() => {
  const uno = (s, en = document) => en.querySelector(s);
  const todos = (s, en = document) => [...en.querySelectorAll(s)];
  const ipomex = window.ipomex = window.ipomex || {};
  const hoja = uno("form[data-captura]"), persona = document.body.dataset.persona || "";
  const MIO = `ipomex:${persona}/`, PAUSA = 800, LATIDO = 4000, MINUTO = 60000;
  const ALLA = ["csrf_token", "envio", "version", "id", "borrador"];

  // El almacén de este equipo: puede no haberlo, o estar lleno.
  const leer = (k) => { try { return JSON.parse(localStorage.getItem(k) || "null"); } catch (_) { return null; } };
  const poner = (k, v) => { try { localStorage.setItem(k, JSON.stringify(v)); return true; } catch (_) { return false; } };
  const quitar = (k) => { try { localStorage.removeItem(k); } catch (_) { /* sin almacén */ } };
  const llaves = () => { try { return Object.keys(localStorage).filter((k) => k.startsWith("ipomex:")); } catch (_) { return []; } };
  if (!hoja) return;

  const esta = () => `${MIO}${hoja.dataset.captura}/${hoja.envio.value}`;
  const letrero = uno("[data-guardado]"), sinRed = uno("[data-sin-red]");
  let reloj, latido, espera = 5000, sucia = false, pendiente = null, libre = false, ultimo = 0, cerrada = false;

  const campos = () => [...new FormData(hoja)].filter(([n, v]) => typeof v === "string" && !ALLA.includes(n) && !n.startsWith("tomar__"));
  const guardarAqui = () => poner(esta(), { cuando: Date.now(), envio: hoja.envio.value, version: hoja.version ? hoja.version.value : "", campos: campos() });
  const decir = (texto) => { letrero.textContent = texto; };
  const cortar = (texto) => { sinRed.hidden = !texto; sinRed.textContent = texto || ""; };
  const SIN_CONEXION = "Sin conexión: lo escrito está guardado en este equipo.";

  // --- guardar solo ---
  hoja.addEventListener("input", (e) => {
    const eleccion = e.target.name && uno(`input[name="tomar__${CSS.escape(e.target.name.split("__")[0].split("-")[0])}"][value=mia]`, hoja);
    if (eleccion) eleccion.checked = true; // lo corrigió a mano: se queda con lo suyo
    sucia = true; cerrada = false;
    clearTimeout(reloj);
    reloj = setTimeout(() => { if (guardarAqui()) decir(sinRed.hidden ? "Guardado en este equipo." : ""); }, PAUSA);
    if (!latido) latido = setTimeout(latir, LATIDO);
  });

  async function latir(opciones = {}) {
    clearTimeout(latido); latido = null;
    if (!sucia || pendiente || cerrada) return;
    const antes = campos();
    const cuerpo = new URLSearchParams(antes);
    ["csrf_token", "envio", "version", "id"].forEach((n) => { if (hoja[n] && hoja[n].value) cuerpo.append(n, hoja[n].value); });
    sucia = false; ultimo = Date.now();
    let r;
    try { r = await fetch(hoja.dataset.borrador, { method: "POST", body: cuerpo, headers: { Accept: "application/json" }, ...opciones }); }
    catch (_) { sucia = true; guardarAqui(); sinConexion(); return; }
    if (cerrada) return;
    if (r.redirected) { sucia = true; guardarAqui(); if (ipomex.termino) ipomex.termino(); return; }
    const dicho = await r.json().catch(() => ({}));
    if (r.ok) {
      espera = 5000; cortar("");
      if (!sucia) { clearTimeout(reloj); quitar(esta()); } // el servidor ya lo tiene: en el equipo no queda nada
      if (dicho.hora) decir(`Borrador guardado a las ${dicho.hora}.`);
      if (sucia) latido = setTimeout(latir, LATIDO);
      return;
    }
    sucia = true; guardarAqui();
    if (r.status === 429) latido = setTimeout(latir, 1500);
    else if (r.status >= 500) sinConexion();
    else if (dicho.error) decir(`${dicho.error} Lo escrito sigue guardado en este equipo.`);
    else if (r.status === 400 && ipomex.preguntar) ipomex.preguntar().then(() => { latido = setTimeout(latir, 1500); }).catch(sinConexion);
  }

  function sinConexion() {
    decir("");
    cortar(pendiente ? `${SIN_CONEXION} Se enviará solo en cuanto vuelva; no cierre esta página.` : SIN_CONEXION);
    clearTimeout(latido);
    latido = setTimeout(() => (pendiente ? enviar() : latir()), espera);
    espera = Math.min(espera * 1.5, 30000);
  }
  window.addEventListener("online", () => { espera = 5000; if (pendiente) enviar(); else latir(); });
  window.addEventListener("offline", () => { guardarAqui(); sinConexion(); });

  // --- enviar: primero se ve que haya red y sesión; si no, se espera con la hoja a la vista ---
  hoja.addEventListener("submit", (e) => {
    if (libre || !hoja.requestSubmit || !ipomex.preguntar) { cerrada = true; return; }
    e.preventDefault();
    if (pendiente) return;
    pendiente = { boton: e.submitter };
    clearTimeout(reloj); clearTimeout(latido); latido = null;
    guardarAqui();
    enviar();
  });
  async function enviar() {
    clearTimeout(latido);
    let dicho;
    try { dicho = await ipomex.preguntar(); } catch (_) { sinConexion(); return; }
    if (!dicho.viva) { pendiente = null; cortar(""); ipomex.termino(); return; }
    cortar("");
    try { sessionStorage.setItem("ipomex-enviada", esta()); } catch (_) { /* sin almacén */ }
    libre = cerrada = true;
    const boton = pendiente.boton;
    if (boton && boton.isConnected) hoja.requestSubmit(boton); else hoja.requestSubmit();
  }
  window.addEventListener("pageshow", (e) => { if (e.persisted) { libre = cerrada = false; pendiente = null; cortar(""); } });
  ipomex.al_terminar = () => { if (sucia) guardarAqui(); pendiente = null; cortar(""); };

  // --- irse: lo último se manda al cerrar; «Cancelar» y «Salir» no dejan nada en el equipo (``sesion.js``) ---
  window.addEventListener("pagehide", () => {
    if (cerrada) return;
    if (sucia) { guardarAqui(); if (Date.now() - ultimo > 1100) latir({ keepalive: true }); }
    if (hoja.dataset.presencia) avisar({ fin: "si" }, { keepalive: true });
  });
  todos("[data-olvidar]").forEach((n) => n.addEventListener("click", async (e) => {
    if (n.tagName !== "BUTTON") { cerrada = true; clearTimeout(reloj); quitar(esta()); return; }
    if (!sucia || cerrada) return;
    e.preventDefault();
    await new Promise((listo) => setTimeout(listo, Math.max(0, ultimo + 1100 - Date.now())));
    await Promise.race([latir(), new Promise((listo) => setTimeout(listo, 3000))]);
    cerrada = true; clearTimeout(reloj);
    n.form.requestSubmit ? n.form.requestSubmit() : n.form.submit();
  }));

  // --- quién más lo tiene abierto ---
  async function avisar(datos = {}, opciones = {}) {
    const cuerpo = new URLSearchParams({ csrf_token: hoja.csrf_token.value, id: hoja.elements.namedItem("id").value, ...datos });
    try {
      const r = await fetch(hoja.dataset.presencia, { method: "POST", body: cuerpo, headers: { Accept: "application/json" }, ...opciones });
      if (!r.ok || r.redirected || datos.fin) return;
      const otros = (await r.json()).otros, caja = uno("[data-otros]"), texto = otros.join(" ");
      if (caja.textContent !== texto) caja.textContent = texto;
      caja.hidden = !texto;
    } catch (_) { /* sin red: el latido lo dice */ }
  }
  if (hoja.dataset.presencia) { avisar(); setInterval(() => { if (!cerrada) avisar(); }, MINUTO); }

  // --- ofrecer de vuelta lo que quedó en este equipo ---
  const previos = llaves().filter((k) => k.startsWith(`${MIO}${hoja.dataset.captura}/`)).map((k) => [k, leer(k)]).sort((a, b) => b[1].cuando - a[1].cuando);
  const [deAntes, previo] = previos[0] || [];
  const delServidor = uno("[data-borrador-del]");
  if (previo && !uno(".resumen") && !(delServidor && Number(delServidor.dataset.borradorDel) > previo.cuando)) {
    if (delServidor) delServidor.hidden = true; // es la misma hoja, y la de este equipo es más nueva
    const aviso = document.createElement("div");
    aviso.className = "recado ojo"; aviso.setAttribute("role", "status");
    const cuando = new Date(previo.cuando).toLocaleString("es-MX", { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
    aviso.innerHTML = "<p></p><p class='acciones'><button type='button' class='btn chico'>Recuperar lo que escribí</button> <button type='button' class='liga'>Descartarlo</button></p>";
    aviso.firstChild.textContent = `En este equipo quedó algo escrito sin enviar, del ${cuando}.`;
    const [si, no] = todos("button", aviso);
    si.addEventListener("click", () => { devolver(previo); aviso.remove(); quitar(deAntes); guardarAqui(); sucia = true; latido = setTimeout(latir, 1500); hoja.querySelector("fieldset input, fieldset select, fieldset textarea").focus(); });
    no.addEventListener("click", () => { quitar(deAntes); aviso.remove(); if (delServidor) delServidor.hidden = false; });
    hoja.before(aviso);
  }
  function devolver(guardado) {
    if (guardado.envio) hoja.envio.value = guardado.envio; // sigue siendo la misma hoja: ni se guarda dos veces ni deja otro borrador
    if (guardado.version && hoja.version) hoja.version.value = guardado.version;
    const porNombre = new Map();
    guardado.campos.forEach(([n, v]) => porNombre.set(n, [...(porNombre.get(n) || []), v]));
    todos("table[data-tabla]", hoja).forEach((tabla) => {
      const prefijo = `${tabla.dataset.tabla}-`;
      const filas = Math.max(0, ...[...porNombre.keys()].filter((n) => n.startsWith(prefijo)).map((n) => Number(n.slice(prefijo.length).split("-")[0]) + 1));
      while (tabla.tBodies[0].rows.length < filas) { tabla.tBodies[0].append(tabla.parentElement.querySelector("template").content.cloneNode(true)); ipomex.renumerar(tabla); }
    });
    [...hoja.elements].forEach((c) => {
      if (!c.name || c.type === "file" || ALLA.includes(c.name)) return;
      const v = porNombre.get(c.name) || [];
      if (c.type === "checkbox") c.checked = v.includes(c.value);
      else if (v.length) c.value = v[0];
    });
  }
})();
