# shellcheck shell=bash
# Where things are.
# shellcheck disable=SC2034 # the other parts use them

TARGET="$PROJECT/target"
JAR="$TARGET/buildkite-fleet.jar"
BUILD_LOG="$TARGET/build.log"
# What the launcher keeps for itself. In target, so that mvn clean takes it along.
STATE="$TARGET/fleet"

make_state_directory() {
  local reason=''
  if ! reason="$(mkdir -p "$STATE" 2>&1)" || [[ ! -w "$TARGET" || ! -w "$STATE" ]]; then
    reason="${reason##*: }"
    die "cannot write to $TARGET, where the build goes: ${reason:-permission denied}" \
      'make it writable for you, or copy the project to where you may write'
  fi
}

# Replaces a file at once: no reader sees half of it.
replace_file() {
  printf '%s\n' "$2" >"$1.$$" && mv -f "$1.$$" "$1"
}

# Whether a file is there and holds exactly a text.
file_says() {
  local text=''
  [[ -r "$1" ]] || return 1
  IFS= read -r -d '' text <"$1" || true
  [[ "$text" == "$2"$'\n' ]]
}
