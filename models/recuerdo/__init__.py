"""Las páginas públicas que se recuerdan: lo que ya se pintó se vuelve a dar mientras lo público siga igual. WSGI puro."""
