# shellcheck shell=bash
# Runs other programs so that a signal to the launcher ends them too, at once, and leaves nothing behind.

CHILD=''

# In the background, because bash handles a signal only between commands and in wait. Background processes ignore
# Ctrl-C: the launcher ends them.
start_child() {
  (cd "$PROJECT" && exec "$@") &
  CHILD=$!
}

await_child() {
  local status=0
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

on_exit() {
  if [[ -n "$CHILD" ]]; then
    kill -TERM "$CHILD" 2>/dev/null || true
    wait "$CHILD" 2>/dev/null || true
    CHILD=''
  fi
  remove_pipe
  remove_handover
  remove_training
  clear_status
  unlock
}

on_signal() {
  on_exit
  trap - EXIT "$1"
  kill "-$1" "$$"
}
