# The shop as a container: `docker build -t storefront .`, then `docker run --env-file .env -v shop:/data storefront`.
# Needs no root and no writable file system besides /data (SQLite) and /tmp.

FROM python:3.13-slim@sha256:6771159cd4fa5d9bba1258caf0b82e6b73458c694d178ad97c5e925c2d0e1a91 AS build
COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes -r /tmp/run.txt

FROM python:3.13-slim@sha256:6771159cd4fa5d9bba1258caf0b82e6b73458c694d178ad97c5e925c2d0e1a91
RUN groupadd --system --gid 10001 shop \
    && useradd --system --uid 10001 --gid shop --home-dir /data --no-create-home --shell /usr/sbin/nologin shop \
    && install -d -o shop -g shop -m 0750 /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/storefront
COPY app app
COPY bot bot
COPY db db
COPY payments payments
COPY shop shop
COPY simulator simulator
COPY web web
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STOREFRONT_DATABASE__URL=sqlite:////data/storefront.sqlite3 \
    STOREFRONT_LOGS__FORMAT=json \
    STOREFRONT_WEB__HOST=0.0.0.0 \
    STOREFRONT_WEB__PORT=8080
RUN python -m compileall -q . && python -m app --help >/dev/null
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['STOREFRONT_WEB__PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "app"]
CMD ["run"]
