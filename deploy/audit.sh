#!/usr/bin/env bash
# Look for known faults in pinned dependencies: deploy/audit.sh REQUIREMENTS...
#
# Exits 0 where there is none, 1 where there is one, 3 where the service that knows of them cannot be asked: that is no
# finding, but no clean bill either.
set -uo pipefail

arguments=()
for file in "$@"; do
    arguments+=(--requirement "$file")
done
answer=$("${AUDIT:-pip-audit}" --require-hashes --disable-pip --progress-spinner off --timeout 15 "${arguments[@]}" 2>&1)
status=$?
echo "$answer"
# what it did not find where it asked it skips, and calls that success
skipped=$(grep --count 'could not be audited' <<<"$answer")
if [ "$skipped" -gt 0 ]; then
    echo "$skipped dependencies are not known where it asked: nothing is known about them" >&2
    [ $status = 0 ] && exit 3
fi
[ $status != 0 ] || exit 0
# it exits 1 for a finding and for a failure alike; a finding it counts
grep --quiet --extended-regexp '^Found [0-9]+ known vulnerabilit' <<<"$answer" && exit 1
echo 'the advisory service cannot be asked: nothing is known about the dependencies' >&2
exit 3
