# A PostgreSQL of this run's own, sourced by run: installed where there is none, started on a socket in a temporary folder
# (no port, so a cluster of the machine's own is not in its way), gone when the run ends.
# shellcheck shell=bash

# Exports DATABASE_URL, and makes the absence of PostgreSQL a failure of the tests rather than a reason to skip some.
start_postgres() {
  local bin
  if ! bin=$(find_postgres); then
    install_package postgresql
    bin=$(find_postgres)
  fi
  postgres_bin=$bin
  postgres_folder=$(mktemp -d /tmp/glovebox-ci-pg.XXXXXX)
  trap stop_postgres EXIT
  if [ "$(id -u)" = 0 ]; then chown postgres "$postgres_folder"; fi

  # Sorted as people do: whoever relies on the order of bytes has to ask for it.
  as_postgres "$bin/initdb" --pgdata "$postgres_folder/data" --auth trust --username glovebox --encoding UTF8 \
    --locale C.UTF-8 --locale-provider icu --icu-locale en-US >"$postgres_folder.log"
  as_postgres "$bin/pg_ctl" --pgdata "$postgres_folder/data" --log "$postgres_folder/log" --wait --timeout 60 \
    --options "-c listen_addresses='' -c unix_socket_directories=$postgres_folder -c fsync=off" start >>"$postgres_folder.log" ||
    { cat "$postgres_folder/log" >&2; return 1; }
  export DATABASE_URL="postgresql:///postgres?user=glovebox&host=$postgres_folder"
  export GLOVEBOX_REQUIRE_POSTGRES=1
}

stop_postgres() {
  as_postgres "$postgres_bin/pg_ctl" --pgdata "$postgres_folder/data" --mode immediate --wait --timeout 60 stop \
    >>"$postgres_folder.log" 2>&1 || true
  rm -rf "$postgres_folder" "$postgres_folder.log"
}

# The folder of the newest version's programs: distributions do not put them in PATH.
find_postgres() {
  local initdb
  initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort --version-sort | tail --lines 1)
  [ -n "$initdb" ] && dirname "$initdb"
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && runuser --user postgres -- "$@")
  else
    "$@"
  fi
}
