"""Places on a map of the world that is part of the program, drawn with d3-geo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kb.components.mount import fingerprint, mount


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: degrees north and east, how many events it holds, whether it is an area rather than a spot."""

    id: str
    name: str
    lat: float
    lon: float
    events: int
    area: bool = False


def world_map(
    spots: Sequence[Spot],
    *,
    key: str,
    label: str,
    legend: Mapping[str, int],
    selected: str | None = None,
    view: str | None = None,
    height: int = 560,
    on_selected: Callable[[], None] = lambda: None,
    on_view: Callable[[], None] = lambda: None,
) -> None:
    """Draw places; those that would lie over each other are one mark until they are looked at more closely.

    Arguments: spots; label, what the map shows, for those who cannot see it; legend, counts by what they count;
    selected, the id of a spot; view, of the map at first: latitude, longitude and zoom, "48.4,31.2,12"; height in px;
    on_selected, on_view, called before the next run. Raises: MissingAsset when the bundle was never built.
    """
    points = [asdict(spot) for spot in spots]
    entries = [{"label": name, "count": count} for name, count in legend.items()]
    data: dict[str, Any] = {"points": points, "legend": entries, "label": label, "selected": selected, "view": view,
                            "height": height, "rev": fingerprint(points, entries)}  # fmt: skip
    mount("map", '<div class="kb-map"></div>', key=key, data=data, on_selected_change=on_selected,
          on_view_change=on_view)  # fmt: skip
