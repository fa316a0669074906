#!/bin/sh
# Installs what the tests use besides Python, where this machine allows it: PostgreSQL and Chromium.
# Where it does not, the tests that need them are left out, and pytest's summary says so.
set -u

has_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }

wanted=""
has_postgres || wanted="$wanted postgresql"
has_chromium || wanted="$wanted chromium"
[ -z "$wanted" ] && { echo "PostgreSQL and Chromium are here"; exit 0; }

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$wanted from Debian's packages (a minute or two)"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    if ! has_postgres; then
        # The tests bring up a private cluster of their own: no system one is wanted.
        apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
        sed -i 's/^#\{0,1\}create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi

has_postgres || echo "NOT HERE: PostgreSQL. Tests that need it are LEFT OUT. Install it with: sudo apt-get install postgresql"
has_chromium || echo "NOT HERE: Chromium. Tests that need it are LEFT OUT. Install it with: sudo apt-get install chromium"
exit 0
