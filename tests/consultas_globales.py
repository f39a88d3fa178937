"""Las consultas que a propósito no nombran a un sujeto obligado, y por qué. Lo demás es una falta."""

GLOBALES: dict[str, str] = {
    "models.publicados.comprobacion:drop_de_mas":
        "El buscador mira en todas las instituciones; comprueba lo que el índice le dio, cada registro por su sujeto y su id.",
    "models.publicados.relevancia:rank":
        "El buscador ordena por relevancia lo que halló en todas las instituciones; lee cada registro por su sujeto y su id.",
    "models.domain.vocabulario:Vocabulario.look":
        "El trabajador mira si algo público cambió, sea de quien sea, para rehacer las palabras que el buscador sugiere.",
    "models.domain.workflow.indizado:ensure_indice":
        "Al arrancar con un programa más nuevo se rehace el índice de búsqueda, con lo público de todas las instituciones.",
    "models.trabajos.cola:take":
        "El trabajador atiende a todas las instituciones: toma el trabajo más antiguo, sea de quien sea. Lo que haga "
        "después ya nombra al sujeto del trabajo.",
    "models.domain.workflow.puesta_al_dia:ask_for_refresh":
        "Al arrancar con un programa más nuevo, lo que espera a alguien en cualquier institución queda por validar otra vez. "
        "No lo lee.",
    "models.domain.borradores:purge_viejos":
        "El trabajador borra los borradores que vencieron, sean de quien sean. No los lee.",
    "models.hojas.cargas.limpieza:purge_cargas":
        "El trabajador tira los expedientes y archivos de las cargas que ya acabaron, sean de quien sean. No lee su contenido.",
    "models.domain.supresion.disco:clean_disk":
        "El trabajador termina de quitar del disco lo que cualquier institución suprimió. Solo lee qué falta quitar, y si "
        "alguien más nombra ese contenido.",
    "models.domain.actos_publicos:protected_since":
        "El volcado trae lo de todas las instituciones: si alguna protegió un dato mientras se hacía, se hace otra vez.",
    "models.domain.presencia:purge_idas":
        "El trabajador borra las presencias que vencieron, sean de quien sean. No las lee.",
    "models.publicados.panorama:read_panorama":
        "La portada del estado suma, de los contadores públicos, lo de todas las instituciones.",
    "models.publicados.camino_de_todas:read_pares":
        "La tabla de un formato en todas las instituciones lee los registros públicos que el índice halló, cada uno por su "
        "llave completa: la institución y el id.",
    "models.publicados.pulso:Pulso.de_todos":
        "Si algo público de cualquier institución cambió: suma un número de cada una.",
    "models.recuerdo.latidos:DePostgres.__call__":
        "Las páginas recordadas valen mientras ningún pulso cambie: lee el número de cada institución, y nada más.",
    "models.publicados.mapa:Mapa.partes":
        "El índice del mapa del sitio dice cuándo cambió cada institución: lee un número de cada una.",
    "models.publicados.pulso:Pulso.ultimo":
        "Cuándo cambió lo público por última vez, en cualquier institución.",
    "models.publicados.cambios:Cambios.del_estado":
        "La página y el canal de cambios de todo el estado leen, por su índice, los últimos actos públicos de todas las "
        "instituciones. Solo dicen lo que ya es público.",
    "models.domain.workflow.actos_de_antes:note_los_de_antes":
        "Una base hecha antes de que los cambios se apuntaran los deduce al arrancar, de todas las instituciones y una vez. "
        "No lee ningún contenido.",
    "models.domain.workflow.sumas:ensure_sumas":
        "Al arrancar, o al aplicar un catálogo, vuelve a sumar lo publicado de los formatos en que cambió qué se suma, de "
        "todas las instituciones. Solo escribe totales.",
    "models.domain.tablero_del_garante:read_board":
        "El órgano garante ve cómo va cada institución: cuenta lo publicado, lo devuelto y lo autoaprobado de todas. No lee "
        "ningún registro.",
    "models.domain.prorrogas:publish_missing":
        "Una prórroga puede ser de una institución, de una clase o de todas: su copia pública tampoco es de una sola.",
    "models.domain.prorrogas:revoke":
        "La misma copia pública, que se quita al revocarla, por el número de la prórroga.",
    "models.publicados.cumplimientos:read_prorrogas_publicas":
        "Las prórrogas públicas que le valen a una institución: las suyas, las de su clase y las de todas.",
    "models.domain.ajustes:count_ajustados":
        "La tabla de aplicabilidad del órgano garante cuenta en cuántas instituciones se ajustó cada formato; no dice cuáles.",
    "models.verificacion.verificacion:verify":
        "La orden «verificar» compara tablas enteras: también debe notar las filas de un sujeto que no existe. Solo "
        "lee, y a la pantalla solo salen folios.",
}
"""``modulo:funcion`` → razón. Vale para lo que esa función pregunte, y para lo que pregunten las que ella llama."""
