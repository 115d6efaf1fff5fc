"""My organisation; signing in and out. Of the sign-in package only the pages that we use."""

from allauth.account import views as sign_in
from django.urls import path, re_path

from nhpf_web.organisations.views import accounts, notices, people

app_name = "organisations"
urlpatterns = [
    path("", people.mine, name="mine"),
    path("notices/", notices.notices, name="notices"),
    path("notices/by-e-mail/", notices.by_email, name="by_email"),
    path("<slug:slug>/add/", people.add, name="add"),
    path("<slug:slug>/remove/<int:membership_id>/", people.remove, name="remove"),
]

account_urlpatterns = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("signup/", accounts.closed, name="account_signup"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/reset/", accounts.forgotten, name="account_reset_password"),
    path("password/set/", accounts.forgotten, name="account_set_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
