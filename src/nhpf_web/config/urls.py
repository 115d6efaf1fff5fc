"""Every address of the service: each app brings its own."""

from django.urls import include, path

from nhpf_web.organisations.urls import account_urlpatterns

urlpatterns = [
    path("accounts/", include(account_urlpatterns)),
    path("equality/", include("nhpf_web.equality.urls")),
    path("audit/", include("nhpf_web.audit.urls")),
    path("how-we-are-doing/", include("nhpf_web.cycle.urls")),
    path("organisations/", include("nhpf_web.organisations.urls")),
    path("search/", include("nhpf_web.search.urls")),
    path("what-we-do/", include("nhpf_web.plans.urls")),
    path("what-works/", include("nhpf_web.what_works.urls")),
    path("", include("nhpf_web.profiles.urls")),
    path("", include("nhpf_web.core.urls")),
]

handler400 = "nhpf_web.core.views.bad_request"
handler403 = "nhpf_web.core.views.permission_denied"
handler404 = "nhpf_web.core.views.page_not_found"
handler500 = "nhpf_web.core.views.server_error"
