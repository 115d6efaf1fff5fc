"""How the server runs: two processes of four threads, measured as enough for two cores."""

worker_class = "gthread"
workers = 2
threads = 4
# Loading before the processes part saves memory and makes a wrong setting stop the start at once.
preload_app = True
timeout = 60
graceful_timeout = 20
# Thousands of requests, then a fresh process: a leak never grows for ever.
max_requests = 5000
max_requests_jitter = 500
accesslog = None
errorlog = "-"
loglevel = "warning"
