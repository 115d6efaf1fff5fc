"""Addresses of home, profiles, figures and the pages about data and service."""

from django.urls import URLPattern, include, path

from nhpf_web.profiles import views

app_name = "profiles"


def _outputs(file: str) -> list[URLPattern]:
    """Return the addresses of a document: its page, its files, its figures."""
    return [
        path("", views.profile, name="profile"),
        path(f"{file}.<str:form>", views.document, name="document"),
        path("figures/<slug:figure_id>/", views.figure, name="figure"),
        path("figures/<slug:figure_id>.<str:ending>", views.figure_file, name="figure-file"),
    ]


_public, _restricted = {"audience": "public"}, {"audience": "restricted"}
_place = "what-happens/<str:place>/"
urlpatterns = [
    path("", views.home, name="home"),
    path("what-happens/", views.places, name="places"),
    path("what-happens/find/", views.find, name="find"),
    path("what-happens/indicators/", views.indicators, name="indicators"),
    path("what-happens/signals/", views.signals, name="signals"),
    path("what-happens/signals.atom", views.feed, name="signals-feed"),
    path("what-happens/signals/backtest/", views.backtest, name="backtest"),
    path("what-happens/signals/by-e-mail/", views.digest, name="signals-by-email"),
    path("what-happens/signals/<slug:signal_id>/", views.signal, name="signal"),
    path("what-happens/signals/<slug:signal_id>/look/", views.look, name="look"),
    path("what-happens/<str:place>/signals/", views.signals_of, name="signals-of"),
    path("what-happens/<str:place>/signals.atom", views.feed, name="signals-of-feed"),
    path("what-happens/for-my-area/", views.own, name="own-area"),
    path("what-happens/<str:place>/for-my-area/", views.for_my_area, name="for-my-area"),
    path(
        "what-happens/<str:place>/for-my-area.csv", views.for_my_area_file, name="for-my-area-file"
    ),
    path(f"{_place}explore/", views.explore, name="explore"),
    path(f"{_place}explore.<str:ending>", views.explore_file, name="explore-file"),
    path(f"{_place}explore/all.<str:ending>", views.multiples_file, name="multiples-file"),
    path(f"{_place}explore/map/", views.map_by_year, name="map"),
    path(f"{_place}explore/map.<str:ending>", views.map_file, name="map-file"),
    path(f"{_place}similar/", views.similar, name="similar"),
    path(f"{_place}similar.<str:ending>", views.similar_file, name="similar-file"),
    path(f"{_place}documents/", views.documents, name="documents"),
    path(f"{_place}restricted/subtypes/", views.subtypes, name="subtypes"),
    path(
        f"{_place}restricted/subtypes/<slug:figure_id>.<str:ending>",
        views.subtype_file,
        name="subtype-file",
    ),
    path(f"{_place}restricted/documents/<slug:kind>/", include(_outputs("document")), _restricted),
    path(f"{_place}documents/<slug:kind>/", include(_outputs("document")), _public),
    path(f"{_place}restricted/", include(_outputs("profile")), _restricted),
    path(_place, include(_outputs("profile")), _public),
    path("data/", views.data, name="data"),
    path("data/quality/", views.quality, name="quality"),
    path("data/quality.csv", views.quality_file, name="quality-file"),
    path("data/revisions/", views.revisions, name="revisions"),
    path("data/revisions.csv", views.revisions_file, name="revisions-file"),
    path("data/releases/", views.releases, name="releases"),
    path("data/releases/<slug:release_id>/", views.release, name="release"),
    path("data/releases/<slug:release_id>/<slug:table>/", views.table, name="table"),
    path("data/releases/<slug:release_id>/<slug:table>.csv", views.table_file, name="table-file"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
]
