// Comodidades de la oficina. Todo funciona sin este archivo; aquí solo se ahorra trabajo y se cuida lo tecleado.
"use strict";
(() => {
  const uno = (s, en = document) => en.querySelector(s);
  const todos = (s, en = document) => [...en.querySelectorAll(s)];

  // El resumen de errores recibe el foco, para quien usa lector de pantalla o teclado.
  const foco = uno("[data-foco]");
  if (foco) foco.focus();

  // Renglones de una tabla: agregar y quitar en el mismo lugar.
  window.ipomex = window.ipomex || {};
  const renumerar = window.ipomex.renumerar = (tabla) => todos("tr[data-renglon]", tabla.tBodies[0]).forEach((fila, i) => {
    todos("[name]", fila).forEach((c) => { c.name = c.name.replace(/^([a-z0-9_]+)-(\d+|#)-/, `$1-${i}-`); });
    todos("[id]", fila).forEach((c) => { c.id = c.id.replace(/-(\d+|#)-([a-z0-9_]+)$/, `-${i}-$2`); });
    todos("[aria-describedby]", fila).forEach((c) => { c.setAttribute("aria-describedby", c.getAttribute("aria-describedby").replace(/-(\d+|#)-([a-z0-9_]+)$/, `-${i}-$2`)); });
    todos("[aria-label]", fila).forEach((c) => { c.setAttribute("aria-label", c.getAttribute("aria-label").replace(/renglón (\d+|#)$/, `renglón ${i + 1}`)); });
  });
  document.addEventListener("click", (e) => {
    const agregar = e.target.closest("[data-agregar]");
    if (agregar) {
      const tabla = document.getElementById(agregar.dataset.agregar);
      const cuerpo = tabla.tBodies[0];
      if (cuerpo.rows.length >= Number(tabla.dataset.maximo)) return;
      cuerpo.append(tabla.parentElement.querySelector("template").content.cloneNode(true));
      renumerar(tabla);
      const primero = uno("input,select,textarea", cuerpo.rows[cuerpo.rows.length - 1]);
      if (primero) primero.focus();
    }
    const quitar = e.target.closest("[data-quitar]");
    if (quitar) {
      const fila = quitar.closest("tr"), tabla = quitar.closest("table"), cuerpo = tabla.tBodies[0];
      if (cuerpo.rows.length > 1) fila.remove();
      else todos("input,select,textarea", fila).forEach((c) => { c.value = ""; });
      renumerar(tabla);
      tabla.dispatchEvent(new Event("input", { bubbles: true }));
      const boton = uno(`[data-agregar="${tabla.id}"]`);
      if (boton) boton.focus();
    }
  });

  // Marcar varias filas.
  const lote = uno("form[data-lote]");
  if (lote) {
    const casillas = todos("input[name=sel]", lote), maestra = uno("[data-todos]", lote), cuenta = uno("[data-marcados]", lote);
    const contar = () => { if (cuenta) cuenta.textContent = casillas.filter((c) => c.checked).length; };
    if (maestra) maestra.addEventListener("change", () => { casillas.forEach((c) => { c.checked = maestra.checked; }); contar(); });
    casillas.forEach((c) => c.addEventListener("change", contar));
    contar();
  }

  // Un botón que ya se apretó no se aprieta dos veces; al volver con «atrás» revive.
  document.addEventListener("submit", (e) => {
    const forma = e.target;
    if (e.defaultPrevented) return; // la hoja espera a que haya red: todavía no se envía
    if (forma.dataset.enviada) { e.preventDefault(); return; }
    forma.dataset.enviada = "si";
    setTimeout(() => { delete forma.dataset.enviada; }, 8000);
  });
  window.addEventListener("pageshow", () => todos("form").forEach((f) => { delete f.dataset.enviada; }));

  // Fechas: 31122026 se vuelve 31/12/2026 al salir del campo.
  document.addEventListener("change", (e) => {
    if (e.target.matches && e.target.matches("[data-fecha]")) {
      const cifras = e.target.value.replace(/\D/g, "");
      if (/^\d{8}$/.test(e.target.value.trim())) e.target.value = `${cifras.slice(0, 2)}/${cifras.slice(2, 4)}/${cifras.slice(4)}`;
    }
    if (e.target.matches && e.target.matches("input[type=file][data-tope]")) {
      const archivo = e.target.files[0], tope = Number(e.target.dataset.tope);
      const letrero = uno("[data-elegido]", e.target.parentElement);
      if (letrero) letrero.textContent = archivo ? archivo.name : "Ningún archivo elegido";
      if (archivo && archivo.size > tope) {
        e.target.value = "";
        if (letrero) letrero.textContent = "Ningún archivo elegido";
        alertar(e.target, `«${archivo.name}» pesa más de ${Math.round(tope / 1048576)} MB. Redúzcalo.`);
      } else alertar(e.target, "");
    }
  });
  function alertar(control, texto) {
    const caja = control.closest(".archivo");
    let aviso = caja.querySelector(".err[data-js]");
    if (!aviso) { aviso = document.createElement("p"); aviso.className = "err"; aviso.dataset.js = "1"; aviso.setAttribute("role", "alert"); caja.append(aviso); }
    aviso.textContent = texto; aviso.hidden = !texto;
  }

  // Listas largas: un buscador arriba de la lista.
  const plano = (t) => t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  todos("select[data-buscador]").forEach((lista) => {
    const caja = document.createElement("input");
    caja.type = "search"; caja.placeholder = "Escriba para acortar la lista"; caja.setAttribute("aria-label", "Buscar en la lista");
    const opciones = [...lista.options].map((o) => ({ nodo: o, texto: plano(o.text) }));
    caja.addEventListener("input", () => {
      const q = plano(caja.value);
      const quedan = opciones.filter((o) => !o.nodo.value || o.texto.includes(q) || o.nodo.selected);
      lista.replaceChildren(...quedan.map((o) => o.nodo));
      const coinciden = quedan.filter((o) => o.nodo.value && o.texto.includes(q));
      if (q && coinciden.length === 1) lista.value = coinciden[0].nodo.value;
    });
    caja.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
    lista.before(caja);
  });

  // El organigrama: arrastrar un área sobre otra es pasarla a depender de ella. Los botones hacen lo mismo sin ratón.
  const colgar = uno("form[data-colgar]");
  if (colgar) {
    let movida = "";
    const de = (nodo) => nodo.closest("[data-area]").dataset.area;
    todos(".area[draggable]").forEach((caja) => {
      caja.addEventListener("dragstart", (e) => { movida = de(caja); e.dataTransfer.setData("text/plain", movida); });
      caja.addEventListener("dragover", (e) => { if (movida && movida !== de(caja)) { e.preventDefault(); caja.classList.add("encima"); } });
      caja.addEventListener("dragleave", () => caja.classList.remove("encima"));
      caja.addEventListener("drop", (e) => {
        e.preventDefault(); caja.classList.remove("encima");
        if (!movida || movida === de(caja)) return;
        colgar.area.value = movida; colgar.bajo.value = de(caja); colgar.submit();
      });
    });
  }
  // Un motivo común se pone donde se escribe, y se puede completar.
  todos("[data-poner]").forEach((b) => b.addEventListener("click", () => {
    const caja = document.getElementById(b.dataset.poner);
    caja.value = caja.value.trim() ? `${caja.value.trim()} ${b.textContent}` : b.textContent;
    caja.focus();
  }));
  todos("[data-imprimir]").forEach((b) => b.addEventListener("click", () => window.print()));

  // Hallar un formato por su nombre.
  todos("[data-hallar]").forEach((hallar) => hallar.addEventListener("input", () => {
    const q = plano(hallar.value); let hay = false;
    todos(hallar.dataset.hallar).forEach((f) => { f.hidden = !plano(f.dataset.nombre).includes(q); hay = hay || !f.hidden; });
    todos("[data-grupo]").forEach((g) => { g.hidden = !todos("tr[data-nombre]", g).some((f) => !f.hidden); });
    const nada = uno("[data-nada]"); if (nada) nada.hidden = hay;
  }));

  // Lo que está por salir al portal: los segundos corren, y al llegar a cero se pregunta si ya salió.
  todos(".por-salir").forEach((caja) => {
    const segundos = uno("[data-segundos]", caja), sale = Date.now() + Number(caja.dataset.sale);
    if (!segundos) return;
    const ya = async () => {
      try {
        const d = await (await fetch(caja.dataset.avanceDe, { headers: { Accept: "application/json" } })).json();
        if (d.estado === "terminado") { uno("[data-dicho]", caja).textContent = d.fuera ? (d.hecho > d.fuera ? `Salió al portal, menos ${d.fuera}: el acuse dice cuáles y por qué.` : "No salió: alguien lo cambió mientras esperaba. El acuse lo dice.") : "Ya está en el portal."; const f = uno("form", caja); if (f) f.remove(); return; }
        if (!["pendiente", "en_curso"].includes(d.estado)) { location.reload(); return; }
      } catch (_) { /* se reintenta */ }
      setTimeout(ya, 1000);
    };
    const correr = () => {
      const quedan = Math.ceil((sale - Date.now()) / 1000);
      segundos.textContent = Math.max(quedan, 0);
      if (quedan > 0) setTimeout(correr, 250); else ya();
    };
    caja.setAttribute("aria-live", "off"); // los segundos no se leen en voz alta uno por uno
    correr();
  });

  // Una liga que lleva a algo plegado, lo despliega.
  todos("[data-abre]").forEach((liga) => liga.addEventListener("click", (e) => {
    const caja = document.getElementById(liga.dataset.abre), dentro = caja && uno("textarea,input:not([type=hidden])", caja);
    if (!caja) return;
    e.preventDefault(); caja.open = true; (dentro || caja).focus(); caja.scrollIntoView({ block: "center" });
  }));
  // Atajos con Alt: las ligas se siguen; los botones y cajas solo reciben el foco (nada se publica con una tecla).
  document.addEventListener("keydown", (e) => {
    if (!e.altKey || e.ctrlKey || e.metaKey || e.key.length !== 1) return;
    const destino = uno(`[data-tecla="${CSS.escape(e.key.toLowerCase())}"]`);
    if (!destino) return;
    e.preventDefault();
    if (destino.tagName === "A") { destino.click(); return; }
    const caja = destino.closest("details"); if (caja) caja.open = true;
    destino.focus();
  });

  // La barra de avance se mueve sola.
  const barra = uno("[data-avance]");
  if (barra) {
    const mirar = async () => {
      try {
        const r = await fetch(barra.dataset.avance, { headers: { Accept: "application/json" } });
        const d = await r.json();
        const total = uno("[data-total]", barra);
        if (total && d.total) { uno("progress", barra).max = d.total; total.textContent = d.total.toLocaleString("es-MX"); }
        uno("progress", barra).value = d.hecho; uno("[data-hecho]", barra).textContent = d.hecho.toLocaleString("es-MX");
        if (!["pendiente", "en_curso"].includes(d.estado)) { location.reload(); return; }
      } catch (_) { /* se reintenta */ }
      setTimeout(mirar, 1000);
    };
    setTimeout(mirar, 600);
  }
})();
