"""gunicorn's settings: gunicorn app:app, in this folder, reads them."""

import os

bind = os.environ.get("BIND", "0.0.0.0:8080")
workers = 2
worker_class = "sync"  # one request at a time each, one connection for each request
preload_app = True  # the model is loaded once, and the request log's lock is made before the workers are
worker_tmp_dir = "/dev/shm"  # the root file system may be read-only
control_socket_disable = True
