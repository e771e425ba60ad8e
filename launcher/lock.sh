# shellcheck shell=bash
# One launcher at a time does what must not be done twice at once.

LOCK_HELD=''

# Waits until no other launcher builds; says so when it has to.
lock() {
  if ! try_lock build; then
    say 'another fleet is building here; waiting for it'
    until try_lock build; do
      sleep 0.2
    done
  fi
}

# Takes the lock of a name, or fails at once because another launcher has it. A launcher holds one lock at a time.
try_lock() {
  if type -P flock >/dev/null; then
    try_flock "$STATE/$1.lock"
  else
    try_link "$STATE/$1.pid"
  fi
}

# The lock lives as long as a process that has the file open: Maven too, so a killed launcher does not free it early.
try_flock() {
  local status=0
  { exec 9>"$1"; } 2>/dev/null || die "cannot write to $1; make it writable for you, or remove it"
  flock -n 9 2>/dev/null || status=$?
  if ((status == 0)); then
    LOCK_HELD="$1"
    return
  fi
  exec 9>&-
  # 1 means that another has it, anything else that this file system has no such locks.
  ((status != 1)) && try_link "${1%.lock}.pid"
}

# For macOS, which has no flock. Making a symbolic link is atomic, and its target can name the holder.
try_link() {
  local holder
  if ! ln -s "$$" "$1" 2>/dev/null; then
    holder="$(readlink "$1")" || return 1
    if ! ps -p "$holder" >/dev/null 2>&1; then
      remove_dead_link "$1" "$holder"
    fi
    return 1
  fi
  LOCK_HELD="$1"
}

# Two waiting launchers may both find the holder dead: only the link that still names it may go.
remove_dead_link() {
  local aside="$1.$$"
  mv "$1" "$aside" 2>/dev/null || return 0
  if [[ "$(readlink "$aside")" == "$2" ]]; then
    rm -f "$aside"
  else
    mv "$aside" "$1"
  fi
}

unlock() {
  case "$LOCK_HELD" in
    *.lock) exec 9>&- ;;
    *.pid) rm -f "$LOCK_HELD" ;;
  esac
  LOCK_HELD=''
}
