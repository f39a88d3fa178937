// La sesión: avisa cinco minutos antes de que termine, y dice cuando terminó. El tiempo lo lleva el servidor; se le pregunta
// sin alargarla, así que varias pestañas siempre están de acuerdo.
"use strict";
(() => {
  const cuerpo = document.body, ruta = cuerpo.dataset.sesion;
  if (!ruta || !window.fetch) return;
  const AVISO = 5 * 60000, LARGA = 60 * 60000, CADA = 15000;

  // Lo que quedó en este equipo: se va lo que ya se guardó, lo de hace más de una semana y, al salir, lo de esta persona.
  const MIO = `ipomex:${cuerpo.dataset.persona}/`;
  const borrar = (cual) => { try { Object.keys(localStorage).filter((k) => k.startsWith("ipomex:") && cual(k)).forEach((k) => localStorage.removeItem(k)); } catch (_) { /* sin almacén */ } };
  borrar((k) => { try { return !(Date.now() - JSON.parse(localStorage.getItem(k)).cuando < 7 * 864e5); } catch (_) { return true; } });
  try {
    const enviada = sessionStorage.getItem("ipomex-enviada");
    sessionStorage.removeItem("ipomex-enviada");
    if (enviada && document.querySelector(".aviso.bien")) borrar((k) => k === enviada);
  } catch (_) { /* sin almacén */ }
  document.addEventListener("submit", (e) => { if (!e.defaultPrevented && e.target.querySelector("[data-olvidar]")) borrar((k) => k.startsWith(MIO)); });

  const ipomex = window.ipomex = window.ipomex || {};
  let reloj, caja;

  // Da {viva, quedan, se_alarga, testigo}; lanza si no hay red.
  ipomex.preguntar = async (opciones = {}, a = ruta) => {
    const corte = new AbortController(), alarma = setTimeout(() => corte.abort(), 6000);
    try {
      const r = await fetch(a, { cache: "no-store", signal: corte.signal, headers: { Accept: "application/json" }, ...opciones });
      if (r.redirected) return { viva: false };
      if (!r.ok) throw new Error(String(r.status));
      const dicho = await r.json();
      if (dicho.testigo) document.querySelectorAll("input[name=csrf_token]").forEach((c) => { c.value = dicho.testigo; });
      return dicho;
    } finally { clearTimeout(alarma); }
  };

  const luego = (ms) => { clearTimeout(reloj); reloj = setTimeout(mirar, Math.max(1000, Math.min(ms, 2 ** 31 - 1))); };

  async function mirar() {
    let dicho;
    try { dicho = await ipomex.preguntar(); } catch (_) { luego(CADA); return; } // sin red: se vuelve a preguntar
    if (!dicho.viva) { ipomex.termino(); return; }
    if (dicho.quedan > AVISO) { cerrar(); luego(dicho.quedan - AVISO); return; }
    avisar(dicho);
    luego(Math.min(CADA, dicho.quedan + 500));
  }

  const minutos = (ms) => { const n = Math.max(1, Math.ceil(ms / 60000)); return n === 1 ? "1 minuto" : `${n} minutos`; };

  function avisar(dicho) {
    const titulo = `Su sesión termina en ${minutos(dicho.quedan)}`;
    if (caja && caja.dataset.fin !== "si") { if (caja.titulo.textContent !== titulo) caja.titulo.textContent = titulo; return; }
    if (dicho.se_alarga) {
      abrir(titulo, "Lleva un rato sin moverse. Lo que haya escrito en un formulario está guardado como borrador.", [
        ["Seguir trabajando", seguir, "btn p"]]);
    } else {
      abrir(titulo, "Lleva doce horas y por seguridad hay que volver a entrar. Guarde lo que esté haciendo; lo escrito queda como borrador.", [
        ["Entendido", () => caja.close(), "btn p"]]);
    }
  }

  async function seguir() {
    const testigo = document.querySelector("input[name=csrf_token]");
    try {
      const dicho = await ipomex.preguntar({ method: "POST", body: new URLSearchParams({ csrf_token: testigo ? testigo.value : "" }) }, `${ruta}/seguir`);
      if (!dicho.viva) { ipomex.termino(); return; }
      cerrar();
      luego(dicho.quedan - AVISO);
      try { localStorage.setItem("ipomex-sesion", String(Date.now())); } catch (_) { /* sin almacén */ }
    } catch (_) { caja.texto.textContent = "No hay conexión en este momento. Se intentará de nuevo."; luego(2000); }
  }

  // La sesión terminó: se dice, y entrar de nuevo trae de regreso a esta misma página.
  ipomex.termino = () => {
    clearTimeout(reloj);
    if (caja && caja.dataset.fin === "si" && caja.open) return;
    if (ipomex.al_terminar) ipomex.al_terminar();
    cerrar();
    abrir("Su sesión terminó", "Lo que haya escrito en un formulario está a salvo: entre de nuevo y se le ofrecerá para seguir.", [
      ["Entrar de nuevo", () => { location.href = `/ipo?sigue=${encodeURIComponent(location.pathname + location.search)}`; }, "btn p"]]);
    caja.dataset.fin = "si";
  };

  function abrir(titulo, texto, botones) {
    cerrar();
    caja = document.createElement("dialog");
    caja.className = "sesion"; caja.setAttribute("aria-labelledby", "sesion-t"); caja.setAttribute("aria-describedby", "sesion-d");
    caja.titulo = document.createElement("h2"); caja.titulo.id = "sesion-t"; caja.titulo.textContent = titulo;
    caja.texto = document.createElement("p"); caja.texto.id = "sesion-d"; caja.texto.textContent = texto;
    const fila = document.createElement("div"); fila.className = "acciones";
    botones.forEach(([nombre, hacer, clase]) => {
      const b = document.createElement("button");
      b.type = "button"; b.className = clase; b.textContent = nombre; b.addEventListener("click", hacer); fila.append(b);
    });
    caja.append(caja.titulo, caja.texto, fila);
    cuerpo.append(caja);
    if (caja.showModal) caja.showModal(); else caja.setAttribute("open", "");
    fila.querySelector("button").focus();
  }
  function cerrar() { if (caja) { if (caja.close && caja.open) caja.close(); caja.remove(); caja = null; } }

  // Otra pestaña la alargó, o el equipo despertó: se pregunta otra vez.
  window.addEventListener("storage", (e) => { if (e.key === "ipomex-sesion") mirar(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") luego(1000); });
  luego(LARGA - AVISO - 61000);
})();
