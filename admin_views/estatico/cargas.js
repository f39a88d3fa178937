// Cargar desde Excel: soltar archivos en su caja y ver cuáles se eligieron. Todo funciona sin este archivo.
"use strict";
(() => {
  const contar = (n) => (n === 1 ? "1 archivo" : `${n.toLocaleString("es-MX")} archivos`);
  document.querySelectorAll("input[type=file][data-soltar]").forEach((control) => {
    const caja = control.closest(".soltar"), letrero = caja.querySelector("[data-elegido]");
    const decir = () => {
      const n = control.files.length;
      letrero.textContent = n === 0 ? letrero.dataset.invita : n === 1 ? control.files[0].name : contar(n);
    };
    control.addEventListener("change", () => {
      const pesan = [...control.files].reduce((suma, archivo) => suma + archivo.size, 0);
      const pasado = pesan > 30 * 1048576;
      if (pasado) control.value = "";
      decir();
      if (pasado) letrero.textContent = "Pesan más de 30 MB: súbalos por partes.";
    });
    ["dragenter", "dragover"].forEach((tipo) => caja.addEventListener(tipo, (e) => { e.preventDefault(); caja.classList.add("encima"); }));
    ["dragleave", "drop"].forEach((tipo) => caja.addEventListener(tipo, () => caja.classList.remove("encima")));
    caja.addEventListener("drop", (e) => {
      e.preventDefault();
      if (!e.dataTransfer.files.length) return;
      const suyos = new DataTransfer();
      [...e.dataTransfer.files].slice(0, control.multiple ? 500 : 1).forEach((archivo) => suyos.items.add(archivo));
      control.files = suyos.files;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    });
    decir();
  });
})();
