"""Las letras de las columnas: las mismas que dice openpyxl, de ida y de vuelta."""

from openpyxl.utils import column_index_from_string, get_column_letter

from models.hojas.letras import columna_de, letra_de


def test_las_16384_columnas_de_una_hoja_se_llaman_igual_que_en_excel() -> None:
    for columna in range(1, 16_385):
        assert letra_de(columna) == get_column_letter(columna)
        assert columna_de(letra_de(columna)) == columna == column_index_from_string(letra_de(columna))
