# shellcheck shell=bash
# One launcher at a time changes what is in target.

LOCK_HELD=''

# Waits until no other launcher builds; says so when it has to.
lock() {
  if type -P flock >/dev/null; then
    lock_with_flock
  else
    lock_with_link
  fi
}

# The lock lives as long as a process that has the file open: Maven too, so a killed launcher does not free it early.
lock_with_flock() {
  exec 9>"$STATE/lock"
  LOCK_HELD='flock'
  if ! flock -n 9; then
    say 'another fleet is building here; waiting for it'
    flock 9
  fi
}

# macOS has no flock. Making a symbolic link is atomic, and its target can name the holder.
lock_with_link() {
  local holder announced=false
  until ln -s "$$" "$STATE/lock.pid" 2>/dev/null; do
    holder="$(readlink "$STATE/lock.pid")" || continue
    if ! ps -p "$holder" >/dev/null 2>&1; then
      remove_dead_lock "$holder"
    elif [[ "$announced" == false ]]; then
      say "another fleet (process $holder) is building here; waiting for it"
      announced=true
    fi
    sleep 0.2
  done
  LOCK_HELD='link'
}

# Two waiting launchers may both find the holder dead: only the link that still names it may go.
remove_dead_lock() {
  local aside="$STATE/lock.dead.$$"
  mv "$STATE/lock.pid" "$aside" 2>/dev/null || return 0
  if [[ "$(readlink "$aside")" == "$1" ]]; then
    rm -f "$aside"
  else
    mv "$aside" "$STATE/lock.pid"
  fi
}

unlock() {
  case "$LOCK_HELD" in
    flock) exec 9>&- ;;
    link) rm -f "$STATE/lock.pid" ;;
  esac
  LOCK_HELD=''
}
