// Filtra la lista de instituciones conforme se escribe. Sin esto, el mismo formulario lo hace el servidor.
"use strict";
(() => {
  const caja = document.querySelector("[data-filtra]");
  if (!caja) return;
  const plegar = (texto) => texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const grupos = [...document.querySelectorAll("[data-grupo]")];
  const filas = [...document.querySelectorAll("[data-nombre]")].map((fila) => [fila, plegar(`${fila.querySelector("a").textContent} ${fila.dataset.nombre}`)]);
  const aviso = document.querySelector("[data-cuantas]");
  const filtrar = () => {
    const palabras = plegar(caja.value).split(/\s+/).filter(Boolean);
    let visibles = 0;
    for (const [fila, nombre] of filas) {
      fila.hidden = !palabras.every((palabra) => nombre.includes(palabra));
      if (!fila.hidden) visibles += 1;
    }
    for (const grupo of grupos) grupo.hidden = !grupo.querySelector("[data-nombre]:not([hidden])");
    aviso.textContent = visibles === 1 ? "1 institución" : `${visibles.toLocaleString("es-MX")} instituciones`;
  };
  caja.addEventListener("input", filtrar);
})();
