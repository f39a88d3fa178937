"""El trabajo largo: la verdad está en la tabla ``trabajo`` (arriendo y rebanadas idempotentes); un tubo solo despierta.

Matar el proceso en cualquier momento no pierde nada: el arriendo vence y otro sigue desde la última rebanada hecha.
"""
