# shellcheck shell=bash
# The stacks in the directory of the project that the words of the command line name, for bash and for zsh: those of -C,
# or else of ./fleet itself.
function _fleet_stacks() (
  command="${COMP_WORDS[*]:0:1}"
  directory=''
  last=''
  for word in "${COMP_WORDS[@]}"; do
    [ "$word" != = ] || continue
    case "$last" in
      -C | --cwd) directory="$word" ;;
    esac
    last="$word"
  done
  if [ -z "$directory" ]; then
    # shellcheck disable=SC2088 # as it was typed, before a shell has made a path of it
    case "$command" in
      '~/'*) command="$HOME/${command#??}" ;;
      */*) ;;
      *) command="$(type -p "$command")" && command="${command#*' is '}" ;;
    esac
    command="$(readlink -f "$command" 2>/dev/null)" || return
    directory="$(dirname "$command")"
  fi
  CDPATH='' cd -- "$directory" 2>/dev/null || return
  # Where no file has such a name, zsh says so.
  for file in Pulumi.*.yaml; do
    [ ! -f "$file" ] || { file="${file#Pulumi.}" && printf '%s\n' "${file%.yaml}"; }
  done 2>/dev/null
)
