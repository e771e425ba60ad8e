# shellcheck shell=bash
# What the launcher tells its user. All of it goes to stderr: stdout belongs to the program.

STATUS_SHOWN=false

say() {
  clear_status
  printf 'fleet: %s\n' "$1" >&2
}

# Ends the launcher; every argument is a line.
die() {
  local line
  clear_status
  printf 'fleet: %s\n' "$1" >&2
  shift
  for line in "$@"; do
    printf '       %s\n' "$line" >&2
  done
  exit 1
}

refuse_usage() {
  printf 'fleet: %s\n' "$1" >&2
  exit 2
}

on_terminal() {
  [[ -t 2 && "${TERM:-dumb}" != dumb ]]
}

# One line at the bottom of a terminal that the next one replaces.
show_status() {
  local text="fleet: $1" width="${COLUMNS:-80}"
  printf '\r\033[K%s' "${text:0:width - 1}" >&2
  STATUS_SHOWN=true
}

clear_status() {
  if [[ "$STATUS_SHOWN" == true ]]; then
    printf '\r\033[K' >&2
    STATUS_SHOWN=false
  fi
}
