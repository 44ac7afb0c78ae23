#!/usr/bin/env bash
# What a new user waits for: from a fresh clone to a conflict on the screen, by the one command of the README, in an
# environment in which nothing is set but a PATH and an empty HOME. PYTHON names the interpreter where it is not on it.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python=${PYTHON:-$(command -v python3)}

began=$(date +%s)
git clone --quiet "$root" "$home/kroscek"
shown=$(env -i PATH="$(dirname "$python"):/usr/local/bin:/usr/bin:/bin" HOME="$home" LC_ALL=C.UTF-8 \
    make --silent --directory "$home/kroscek" demo PYTHON="$python")
seconds=$(($(date +%s) - began))

grep --quiet '^1\. ' <<<"$shown" || { echo 'no conflict was shown:' "$shown" >&2; exit 1; }
head -n 8 <<<"$shown"
echo "from clone to conflict: $seconds seconds"
