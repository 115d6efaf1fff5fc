"""Every address of the service: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("nhpf_web.core.urls")),
]

handler400 = "nhpf_web.core.views.bad_request"
handler403 = "nhpf_web.core.views.permission_denied"
handler404 = "nhpf_web.core.views.page_not_found"
handler500 = "nhpf_web.core.views.server_error"
