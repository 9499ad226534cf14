# Media Library in server mode. Discs are ripped outside, by `main.py --mode monitor` on the machine with the drive.

FROM node:22-bookworm-slim AS browser-libraries
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional
COPY bin/vendor bin/vendor
COPY static/icons.txt static/icons.txt
RUN bin/vendor

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg mediainfo libchromaprint-tools \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home media \
    && install -d -o media -g media /data /media
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY main.py config.json LICENSE ./
COPY src src
COPY templates templates
COPY static static
COPY --from=browser-libraries /app/static/vendor static/vendor

ENV DATA_DIR=/data \
    MEDIA_ROOT=/media \
    HOST=0.0.0.0 \
    PORT=8096 \
    PYTHONUNBUFFERED=1
USER media
VOLUME ["/data", "/media"]
EXPOSE 8096
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/api/healthz', timeout=4)"]
# main.py handles the signals and ends its children within seconds.
CMD ["python", "main.py", "--mode", "server"]
