# Bubblewrap for the tests of the jail, sourced by run: installed where there is none.
# shellcheck shell=bash

# Makes the absence of bubblewrap, or of what it needs from the kernel, a failure of the tests rather than a reason to skip some.
require_bubblewrap() {
  command -v bwrap >/dev/null || install_package bubblewrap
  export GLOVEBOX_REQUIRE_BUBBLEWRAP=1
}
