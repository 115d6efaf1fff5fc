"""The funnel of studies: precise ones at the top, limits that meet at the pooled effect."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from nhpf.errors import InvalidInput
from nhpf.reports.charts import draw
from nhpf.reports.charts.specs import StudyFunnel, StudyPoint

STUDIES = (StudyPoint("Large", 0.8, 0.1), StudyPoint("Small", 0.4, 0.4))


def drawn(chart: StudyFunnel) -> ElementTree.Element:
    return ElementTree.fromstring(draw(chart, id="f", title="t", description="d", layout="wide"))


def test_the_precise_study_stands_above_and_a_ratio_is_as_far_as_its_inverse() -> None:
    svg = drawn(StudyFunnel(STUDIES, 1.0, 0.5, 2.0, "odds ratio", log=True))
    dots = {dot[0].text: dot for dot in svg.iter("circle")}
    assert float(dots["Large"].attrib["cy"]) < float(dots["Small"].attrib["cy"])
    low, high = (line for line in svg.iter("line") if line.get("stroke-dasharray"))
    assert low.attrib["x1"] == high.attrib["x1"]
    reach = [float(one.attrib["x2"]) - float(one.attrib["x1"]) for one in (low, high)]
    assert reach[0] == pytest.approx(-reach[1], abs=0.2)
    # They end at the least precise study.
    assert float(low.attrib["y2"]) == pytest.approx(float(dots["Small"].attrib["cy"]), abs=0.1)


def test_a_funnel_of_no_study_is_refused() -> None:
    with pytest.raises(InvalidInput):
        drawn(StudyFunnel((), 0, -1, 1, "difference"))
