// Deja la dirección en lo que se eligió: sin lo que quedó en blanco, y las columnas en un solo parámetro. Sin esto funciona igual.
"use strict";
(() => {
  const formulario = document.querySelector("form.filtros");
  if (!formulario) return;
  formulario.addEventListener("submit", () => {
    const casillas = [...formulario.querySelectorAll("[name=columnas]")];
    const iguales = casillas.every((una) => una.checked === una.defaultChecked);
    if (!iguales || formulario.dataset.columnas) {
      const juntas = Object.assign(document.createElement("input"), { type: "hidden", name: "columnas" });
      juntas.value = casillas.filter((una) => una.checked).map((una) => una.value).join(",");
      formulario.append(juntas);
    }
    for (const uno of formulario.elements) if (uno.type === "checkbox" || (uno.name && !uno.value)) uno.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const uno of formulario.elements) uno.disabled = false;
    formulario.querySelectorAll("input[type=hidden][name=columnas]").forEach((uno) => uno.remove());
  });
})();
