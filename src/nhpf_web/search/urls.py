"""Addresses of the search, of comparisons and of saved views."""

from django.urls import path

from nhpf_web.search.views import comparing, results, saved

app_name = "search"
urlpatterns = [
    path("", results.results, name="results"),
    path("compare/", comparing.compare, name="compare"),
    path("views/", saved.saved, name="saved"),
    path("views/save/", saved.save, name="save"),
    path("views/<slug:reference>/", saved.follow, name="follow"),
    path("views/<slug:reference>/delete/", saved.delete, name="delete"),
]
