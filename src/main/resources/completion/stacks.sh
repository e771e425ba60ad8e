# shellcheck shell=bash
# The stacks of the project that the words of the command line name, for bash and for zsh: of -C, or else of ./fleet
# itself. They are where Pulumi.yaml says; a file that another extends is none.
function _fleet_stacks() (
  command="${COMP_WORDS[*]:0:1}"
  directory=''
  last=''
  for word in "${COMP_WORDS[@]}"; do
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
  quote=\"\'
  newline='
'
  folder="$(sed -n -E "s/^(stackConfigDir|config):[[:space:]]+[$quote]?([^][{}#$quote]*[^][{}#${quote}[:space:]]).*/\\2/p" Pulumi.yaml 2>/dev/null)"
  folder="${folder#./}"
  folder="${folder:+${folder%/}/}"
  extends="s/^([^#]*[{,[:space:]])?[$quote]?extends[$quote]?:[[:space:]]*[$quote]?(\\.\\/)?([^],{}#${quote}[:space:]]+).*/\\3/p"
  # Where no file has such a name, zsh says so.
  bases="$(for file in "./$folder"Pulumi.*.yaml; do sed -n -E "$extends" "$file"; done 2>/dev/null)"
  for file in "./$folder"Pulumi.*.yaml; do
    [ -f "$file" ] || continue
    file="${file#./}"
    case "$newline$bases$newline" in
      *"$newline$file$newline"*) continue ;;
    esac
    file="${file##*/}" && file="${file#Pulumi.}"
    printf '%s\n' "${file%.yaml}"
  done 2>/dev/null
)
