"""Django's settings, from one checked reading of the environment."""

from __future__ import annotations

from csp.constants import NONE, SELF

from nhpf import __version__
from nhpf_web.config.environment import CHECKOUT, read_environment

ENVIRONMENT = read_environment()
BASE_DIR = CHECKOUT
NHPF_IS_PRODUCTION = ENVIRONMENT.is_production
NHPF_EDITION = ENVIRONMENT.edition

NHPF_ADDRESS = ENVIRONMENT.address

# Never True: a page of error detail would show settings and rows to whoever asks.
DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
ROOT_URLCONF = "nhpf_web.config.urls"
WSGI_APPLICATION = "nhpf_web.config.wsgi.application"

INSTALLED_APPS = [
    "nhpf_web.search",
    "nhpf_web.cycle",
    "nhpf_web.plans",
    "nhpf_web.profiles",
    "nhpf_web.what_works",
    "nhpf_web.equality",
    "nhpf_web.organisations",
    "nhpf_web.audit",
    "nhpf_web.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "nhpf_web.core.middleware.FurtherHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nhpf_web.core.context_processors.frame",
                "nhpf_web.organisations.context_processors.person",
                "nhpf_web.profiles.context_processors.versions",
            ],
            "builtins": ["nhpf_web.core.templatetags.pages"],
        },
    },
]
FORM_RENDERER = "nhpf_web.core.forms.PageFormRenderer"

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "nhpf_web.organisations.actions.signing_in.SignIn",
]
VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": VALIDATORS + "UserAttributeSimilarityValidator"},
    {"NAME": VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": VALIDATORS + "CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "nhpf_web.organisations.actions.signing_in.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "nhpf_web.organisations.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
# One guard against guessing, and it counts across processes: axes.
ACCOUNT_RATE_LIMITS = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
SESSION_COOKIE_AGE = 12 * 3600

EMAIL_BACKEND = f"django.core.mail.backends.{ENVIRONMENT.email.backend}.EmailBackend"
EMAIL_FILE_PATH = ENVIRONMENT.email.folder
EMAIL_HOST = ENVIRONMENT.email.host
EMAIL_PORT = ENVIRONMENT.email.port
EMAIL_HOST_USER = ENVIRONMENT.email.user
EMAIL_HOST_PASSWORD = ENVIRONMENT.email.password
EMAIL_USE_SSL = ENVIRONMENT.email.is_tls_from_the_start
EMAIL_USE_TLS = not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.email.sender
NHPF_SENDS_EMAIL = ENVIRONMENT.email.backend != "dummy"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "j F Y"

# The version in the address makes browsers fetch the files of a new version.
STATIC_URL = f"/static/{__version__}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "nhpf_web.core.views.form_expired"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Production stands behind a proxy that ends TLS and sets this header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NHPF_IS_PRODUCTION else None
SECURE_SSL_REDIRECT = NHPF_IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if NHPF_IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = NHPF_IS_PRODUCTION
SECURE_HSTS_PRELOAD = NHPF_IS_PRODUCTION
SESSION_COOKIE_SECURE = NHPF_IS_PRODUCTION
CSRF_COOKIE_SECURE = NHPF_IS_PRODUCTION

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is not there or not allowed is no fault of ours: the log would be noise.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
