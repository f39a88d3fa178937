"""Los estilos del libro: qué número lleva cada uno y la hoja de estilos que los declara."""

from __future__ import annotations

GENERAL, ROTULO, CON_SIGNO, FECHA, MOMENTO, PESOS, ENTERO, PORCENTAJE = range(8)
"""``CON_SIGNO``: texto que empieza como fórmula; al editarlo en Excel sigue siendo texto."""

_FORMATOS = {FECHA: "dd/mm/yyyy", MOMENTO: "dd/mm/yyyy hh:mm", PESOS: '"$"#,##0.00;-"$"#,##0.00', PORCENTAJE: 'General"%"'}
_PROPIO = 164
"""Desde qué número son los formatos de un libro; los de antes son de Excel."""


def to_xml() -> str:
    """``xl/styles.xml``."""
    propios = "".join(
        f'<numFmt numFmtId="{_PROPIO + estilo}" formatCode="{codigo.replace(chr(34), "&quot;")}"/>'
        for estilo, codigo in _FORMATOS.items())
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(_FORMATOS)}">{propios}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE7EDE9"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="8">{"".join(_xf(estilo) for estilo in range(8))}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')


def _xf(estilo: int) -> str:
    if estilo == ROTULO:
        return ('<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">'
                '<alignment vertical="center" wrapText="1"/></xf>')
    if estilo == CON_SIGNO:
        return '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    numero = 3 if estilo == ENTERO else _PROPIO + estilo if estilo in _FORMATOS else 0
    return f'<xf numFmtId="{numero}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
