# Packages of the machine, sourced by run.
# shellcheck shell=bash

# Installs one with apt-get, as root or through sudo.
install_package() {
  local root=()
  if [ "$(id -u)" != 0 ]; then root=(sudo --non-interactive); fi
  timeout 120 "${root[@]}" apt-get update --quiet
  timeout 300 "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends "$1"
}
