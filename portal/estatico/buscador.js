// Los buscadores del portal.
"use strict";
// Sugiere mientras se teclea en un buscador. Es un «combobox» con su lista: flechas, Entrar y Escape; sin esto, el formulario busca igual.
(() => {
  const ESPERA = 150;
  document.querySelectorAll('form[action="/buscar"] input[name="q"]').forEach((caja, numero) => {
    const lista = document.createElement("ul");
    lista.id = `sugeridas-${numero}`;
    lista.className = "sugeridas";
    lista.hidden = true;
    lista.setAttribute("role", "listbox");
    lista.setAttribute("aria-label", "Sugerencias");
    const marco = document.createElement("div");
    marco.className = "con-sugeridas";
    caja.replaceWith(marco);
    marco.append(caja, lista);
    for (const [nombre, valor] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": lista.id, autocomplete: "off" })) caja.setAttribute(nombre, valor);
    let elegida = -1, reloj = 0, pedido = null;
    const opciones = () => [...lista.children];
    const cerrar = () => {
      lista.hidden = true;
      elegida = -1;
      caja.setAttribute("aria-expanded", "false");
      caja.removeAttribute("aria-activedescendant");
    };
    const elegir = (cual) => {
      const todas = opciones();
      elegida = (cual + todas.length) % todas.length;
      todas.forEach((opcion, i) => opcion.setAttribute("aria-selected", String(i === elegida)));
      caja.setAttribute("aria-activedescendant", todas[elegida].id);
      todas[elegida].scrollIntoView({ block: "nearest" });
    };
    const pintar = (sugerencias) => {
      lista.replaceChildren(...sugerencias.map((una, i) => {
        const opcion = document.createElement("li");
        opcion.id = `${lista.id}-${i}`;
        opcion.setAttribute("role", "option");
        opcion.setAttribute("aria-selected", "false");
        opcion.dataset.ruta = una.ruta;
        const nota = document.createElement("small");
        nota.textContent = una.que_es;
        opcion.append(una.texto, " ", nota);
        return opcion;
      }));
      if (!sugerencias.length || document.activeElement !== caja) { cerrar(); return; }
      elegida = -1;
      lista.hidden = false;
      caja.setAttribute("aria-expanded", "true");
    };
    const pedir = async () => {
      pedido?.abort();
      pedido = new AbortController();
      try {
        const respuesta = await fetch(`/buscar/sugerencias?q=${encodeURIComponent(caja.value)}`, { signal: pedido.signal });
        if (respuesta.ok) pintar((await respuesta.json()).sugerencias);
      } catch { /* sin red, o ya se tecleó otra cosa */ }
    };
    caja.addEventListener("input", () => {
      clearTimeout(reloj);
      if (caja.value.trim().length < 2) { pedido?.abort(); cerrar(); return; }
      reloj = setTimeout(pedir, ESPERA);
    });
    caja.addEventListener("keydown", (evento) => {
      if (evento.key === "Escape" && !lista.hidden) { evento.preventDefault(); cerrar(); }
      else if (evento.key === "ArrowDown" && !lista.hidden) { evento.preventDefault(); elegir(elegida + 1); }
      else if (evento.key === "ArrowUp" && !lista.hidden) { evento.preventDefault(); elegir(elegida < 0 ? -1 : elegida - 1); }
      else if (evento.key === "Enter" && elegida >= 0) { evento.preventDefault(); location.assign(opciones()[elegida].dataset.ruta); }
    });
    caja.addEventListener("blur", cerrar);
    lista.addEventListener("mousedown", (evento) => {
      const opcion = evento.target.closest("[role=option]");
      evento.preventDefault();
      if (opcion) location.assign(opcion.dataset.ruta);
    });
  });
})();
