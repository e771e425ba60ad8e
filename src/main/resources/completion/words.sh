# shellcheck shell=bash
# shellcheck disable=SC2154 # CompletionScript writes what this file only reads
# Completes for bash, which has cut the line at each = and colon, and for zsh, which has not: the words are put together
# as they were typed, and of each answer the part that the shell does not replace is left out.
function _fleet_complete() {
  local raw="${COMP_WORDS[COMP_CWORD]}" typed='' lead='' cut='' kept='' name='' answer='' at=0 i=0
  local -a put=()
  [ -z "${BASH_VERSION:-}" ] || compopt +o default
  _fleet_put_together
  # A sign at which bash cuts is a word of its own.
  case "$raw" in
    *[!=:]*) ;;
    *) raw='' ;;
  esac
  kept="${typed%"$raw"}"
  COMPREPLY=()
  case " ${put[*]} " in
    *' explain '*) _fleet_complete_key ;;
    *) _fleet_answers "${put[at]}" ;;
  esac
  for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
    answer="${COMPREPLY[i]}"
    answer="$lead${answer#"$cut"}"
    COMPREPLY[i]="${answer#"$kept"}"
  done
}

# Sets put to the words, where an option and its value are two; at, to the one that is completed; typed, to that as it was
# typed; and lead, to what stands before the value there.
function _fleet_put_together() {
  local rest="${COMP_LINE#*"${COMP_WORDS[0]}"}" word='' current=0 j=0
  local -a whole=()
  whole+=("${COMP_WORDS[0]}")
  for ((j = 1; j < ${#COMP_WORDS[@]}; j++)); do
    word="${COMP_WORDS[j]}"
    case "$rest" in
      [[:space:]]*) whole+=("$word") ;;
      *) whole[${#whole[@]} - 1]="${whole[${#whole[@]} - 1]}$word" ;;
    esac
    rest="${rest#*"$word"}"
    if ((j == COMP_CWORD)); then current=$((${#whole[@]} - 1)); fi
  done
  for ((j = 0; j < ${#whole[@]}; j++)); do
    word="${whole[j]}"
    case "$word" in
      --*=*) put+=("${word%%=*}" "${word#*=}") ;;
      *) put+=("$word") ;;
    esac
    if ((j == current)); then
      at=$((${#put[@]} - 1))
      typed="$word"
      lead="${word%"${put[at]}"}"
    fi
  done
}

# A key may be written with its namespace, and with the name that a person has chosen for what has it.
function _fleet_complete_key() {
  local word="${put[at]}" rest=''
  case "$word" in
    "$_fleet_key".*)
      lead="$_fleet_key."
      word="${word#"$lead"}"
      ;;
    *:*)
      for name in "${_fleet_beside[@]}"; do
        case "$name" in
          "$word"*) COMPREPLY+=("$name") ;;
        esac
      done
      return
      ;;
  esac
  _fleet_keys "$word"
  for name in "${_fleet_named[@]}"; do
    case "${#COMPREPLY[@]}:$word" in
      0:"$name".*.*)
        rest="${word#"$name".*.}"
        lead="$lead${word%"$rest"}"
        cut="$name."
        _fleet_keys "$name.$rest"
        ;;
    esac
  done
}

# Zsh gets all there are, and looks itself which begin with the word.
function _fleet_keys() {
  local key=''
  local -a found=()
  _fleet_answers "$1"
  for key in "${COMPREPLY[@]}"; do
    case "$key" in
      "$1"*) found+=("$key") ;;
    esac
  done
  COMPREPLY=("${found[@]}")
}

function _fleet_answers() {
  local COMP_CWORD="$at"
  local -a COMP_WORDS
  COMP_WORDS=("${put[@]}")
  COMP_WORDS[at]="$1"
  _complete_fleet
}
