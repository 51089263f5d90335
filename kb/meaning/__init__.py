"""What sentences mean, as vectors: those that mean the same lie near each other, whatever words they use.

`encoder` makes vectors of texts, without a store; `kept` keeps one for each sentence of the graph, under an index of
the engine. Both are an extra: `pip install 'eventline[semantic]'`.
"""

from kb.meaning.kept import Kept, build, drop, keeper, state
from kb.meaning.model import Encoder, encoder, is_installed

__all__ = ["Encoder", "Kept", "build", "drop", "encoder", "is_installed", "keeper", "state"]
