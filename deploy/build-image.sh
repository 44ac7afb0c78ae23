#!/usr/bin/env bash
# Build the container image with buildah, run it as it is meant to be run, and measure it.
#
#   deploy/build-image.sh                     on a base made here: Debian bookworm, from its packages
#   BASE_IMAGE=default deploy/build-image.sh  on the base that the Dockerfile pins (needs a registry)
#
# Needs root, buildah, and debootstrap unless BASE_IMAGE is set. No container engine is needed: the image is mounted
# read-only in a mount namespace of its own, with tmpfs on /tmp and /dev/shm, and its command is run there as its user.
# What is left behind: the images kroscek and kroscek-base in buildah's store.
set -euo pipefail
cd "$(dirname "$0")/.."

export BUILDAH_ISOLATION=chroot
# vfs works everywhere, also where this machine's root is itself an overlay
buildah() { command buildah --storage-driver "${STORAGE_DRIVER:-vfs}" "$@"; }
VERSION=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' service/__init__.py)
REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown)
IMAGE=localhost/kroscek:$VERSION
BASE=${BASE_IMAGE:-localhost/kroscek-base:bookworm}
EXAMPLE=examples/kapal-selat-bali
PYTHON=.venv/bin/python
WORK=$(mktemp -d)
CONTAINER=
SERVER=

clean_up() {
    [ -z "$SERVER" ] || kill "$SERVER" 2>/dev/null || true
    [ -z "$CONTAINER" ] || buildah rm "$CONTAINER" >/dev/null
    rm -rf "$WORK"
}
trap clean_up EXIT

for tool in buildah unshare chroot setpriv; do
    command -v $tool >/dev/null || { echo "$tool is needed" >&2; exit 1; }
done
make --silent .venv/.service

if [ "$BASE" = localhost/kroscek-base:bookworm ] && ! buildah inspect --type image "$BASE" >/dev/null 2>&1; then
    command -v debootstrap >/dev/null || { echo 'debootstrap is needed, or set BASE_IMAGE' >&2; exit 1; }
    echo "making $BASE"
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$WORK/base" >"$WORK/log" 2>&1 \
        || { tail "$WORK/log" >&2; exit 1; }
    rm -rf "$WORK"/base/var/{cache/apt/archives,lib/apt/lists}/* "$WORK"/base/usr/share/{doc,man,locale}/*
    container=$(buildah from scratch)
    buildah add --quiet "$container" "$WORK/base" / >/dev/null
    buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
    buildah commit --quiet --rm "$container" "$BASE" >/dev/null
fi

# the machine's own certificates, since its package index may be behind a proxy that they vouch for
certificates=/etc/ssl/certs/ca-certificates.crt
arguments=(--build-arg VERSION="$VERSION" --build-arg REVISION="$REVISION")
[ "$BASE" = default ] || arguments+=(--build-arg BASE_IMAGE="$BASE")
[ ! -f $certificates ] || arguments+=(--volume /etc/ssl/certs:/etc/ssl/certs:ro --build-arg PIP_CERT=$certificates)
echo "building $IMAGE"
buildah build --quiet --format docker --layers=false "${arguments[@]}" --tag "$IMAGE" . >/dev/null

CONTAINER=$(buildah from "$IMAGE")
ROOT=$(buildah mount "$CONTAINER")
configured() { buildah inspect --type image --format "{{range .Docker.Config.$1}}{{println .}}{{end}}" "$IMAGE" | sed '/^$/d'; }
mapfile -t environment < <(configured Env)
mapfile -t command < <(configured Entrypoint; configured Cmd)
folder=$(buildah inspect --type image --format '{{.Docker.Config.WorkingDir}}' "$IMAGE")
IFS=: read -r user group < <(buildah inspect --type image --format '{{println .Docker.Config.User}}' "$IMAGE")
port=$($PYTHON -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
environment+=(KROSCEK_HOST=127.0.0.1 KROSCEK_PORT="$port" KROSCEK_LOG_LEVEL=warning)
[ "$user" -gt 0 ] || { echo 'the image runs as root' >&2; exit 1; }

cat >"$WORK/enter" <<'ENTER'
# enter ROOT USER GROUP FOLDER COMMAND...: run a command in a read-only root, as a user without privileges
set -euo pipefail
root=$1 user=$2 group=$3 folder=$4
shift 4
mount --bind "$root" "$root"
cd "$root"
mount --types proc proc proc
mount --types tmpfs tmpfs tmp
mount --types tmpfs tmpfs dev
mkdir --mode 1777 dev/shm
for device in null zero random urandom; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mount --options remount,ro,bind "$root"
exec chroot "$root" setpriv --reuid "$user" --regid "$group" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
    sh -c 'cd "$0"; exec "$@"' "$folder" "$@"
ENTER
# called in a subshell, which becomes the command, so that a signal to it reaches the command
enter() { exec env -i "${environment[@]}" unshare --mount -- bash "$WORK/enter" "$ROOT" "$user" "$group" "$folder" "$@"; }

if (enter sh -c 'touch /opt/kroscek/mark') 2>/dev/null; then echo 'the root can be written to' >&2; exit 1; fi
echo "running it as $user:$group, in a read-only root"
began=$(date +%s%N)
enter "${command[@]}" 2>"$WORK/server.log" &
SERVER=$!
until (enter python deploy/healthcheck.py); do
    kill -0 $SERVER 2>/dev/null || { cat "$WORK/server.log" >&2; exit 1; }
    [ $(($(date +%s%N) - began)) -lt 60000000000 ] || { echo 'not ready after 60 s' >&2; cat "$WORK/server.log" >&2; exit 1; }
    sleep 0.1
done
ready=$(($(date +%s%N) - began))

$PYTHON - "$EXAMPLE" "$port" <<'COMPARE'
import http.client
import sys
from pathlib import Path

from service.commands.articles import read_articles
from service.commands.exchange import post_analyses

request = read_articles([Path(sys.argv[1])])
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=60)
connection.request("POST", "/v1/analyses", request.body, {"Content-Type": "application/json"})
answer = connection.getresponse()
given, expected = answer.read(), post_analyses(request, "id")
if answer.status != 200 or given != expected:
    sys.exit(f"the image answers {answer.status} with {len(given)} bytes that are not those of this tree: {given[:300]!r}")
print(f"POST /v1/analyses {sys.argv[1]}: {len(given)} bytes, those of this tree")
COMPARE

kill -TERM $SERVER
wait $SERVER && status=0 || status=$?
SERVER=
[ $status = 0 ] || { echo "the server ended with status $status" >&2; cat "$WORK/server.log" >&2; exit 1; }
echo "ready after $((ready / 1000000)) ms; stopped by SIGTERM with status 0"
echo "size: $(du --summarize --block-size=1M "$ROOT" | cut -f 1) MiB, of which $(du --summarize --block-size=1M "$ROOT/opt/kroscek" | cut -f 1) MiB are the service"
