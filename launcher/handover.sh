# shellcheck shell=bash
# Lets Pulumi take the launcher's place for the commands that are Pulumi's. A JVM checks first and chooses the command,
# but it cannot become another program. Pulumi as a child of it would not lead its process group, and a Pulumi before
# 3.207 sends the Ctrl-C that it reads from the terminal to the group that has its own process id.

HANDOVER=''

# Whether the arguments of the command line name a command that ends in one of Pulumi's.
ends_in_pulumi() {
  local argument
  while (($# > 0)); do
    case "$1" in
      -C | --cwd) shift ;;
      -*) ;;
      up | destroy) return 0 ;;
      preview)
        for argument in "$@"; do
          [[ "$argument" != --engine ]] || return 0
        done
        return 1
        ;;
      *) return 1 ;;
    esac
    shift || return 1
  done
  return 1
}

# Sets HANDOVER to the file that the command goes into.
make_handover() {
  HANDOVER="$(mktemp "${TMPDIR:-/tmp}/fleet.XXXXXX")"
}

# Becomes the command in the file, each word of which ends with a NUL; without one, all has been said and the launcher
# ends.
become_handover() {
  local word command=()
  while IFS= read -r -d '' word; do
    command+=("$word")
  done <"$HANDOVER"
  remove_handover
  ((${#command[@]} > 0)) || exit 0
  shopt -s execfail
  exec "${command[@]}" || die "${command[0]} can't be started"
}

remove_handover() {
  if [[ -n "$HANDOVER" ]]; then
    rm -f "$HANDOVER"
    HANDOVER=''
  fi
}
