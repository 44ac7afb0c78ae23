# The service in one image. The base must have Python 3.11 as python3, with venv; both stages use the same one.
ARG BASE_IMAGE=docker.io/library/python:3.11.16-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b

FROM ${BASE_IMAGE} AS build
# set by builds that reach the package index through a proxy of their own
ARG PIP_CERT
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python3 -m venv /opt/kroscek
# service, or telemetry: the same with OpenTelemetry
ARG REQUIREMENTS=service
COPY requirements/${REQUIREMENTS}.txt /tmp/service.txt
# wheels alone: nothing is compiled, so no compiler is needed; pip itself has no use in the image
RUN /opt/kroscek/bin/python -m pip install --require-hashes --only-binary :all: --requirement /tmp/service.txt \
    && /opt/kroscek/bin/python -m pip uninstall --yes setuptools pip \
    && find /opt/kroscek -type d -name tests -prune -exec rm -rf {} +
COPY schemas /opt/kroscek/app/schemas
COPY service /opt/kroscek/app/service
COPY models /opt/kroscek/app/models
COPY evaluation/*.py /opt/kroscek/app/evaluation/
COPY deploy/gunicorn.conf.py deploy/healthcheck.py /opt/kroscek/app/deploy/
COPY LICENSE openapi.yaml /opt/kroscek/app/
# the root file system is read-only when the service runs, so the bytecode is written now
RUN /opt/kroscek/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/kroscek/app /opt/kroscek/lib

FROM ${BASE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="kroscek" \
      org.opencontainers.image.description="Entities, attributed claims and cross-source conflicts in news articles" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/kroscek /opt/kroscek
WORKDIR /opt/kroscek/app
ENV PATH=/opt/kroscek/bin:${PATH} \
    PYTHONPATH=/opt/kroscek/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OPENBLAS_NUM_THREADS=1 \
    KROSCEK_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8000
# SIGTERM lets requests in work finish
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["python", "deploy/healthcheck.py"]
ENTRYPOINT ["python", "-m", "service"]
CMD ["serve"]
