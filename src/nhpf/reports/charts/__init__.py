"""Charts as data, and their drawing as inline SVG."""

from nhpf.reports.charts.drawing import draw, draw_alone
from nhpf.reports.charts.maps import quantile_boundaries

__all__ = ["draw", "draw_alone", "quantile_boundaries"]
