# shellcheck shell=bash
# Runs Maven: quietly, with a log, and with the few lines of it that matter when it fails.

OLDEST_MAVEN=3.8
SECONDS_BETWEEN_LINES=10
PIPE_DIR=''

find_maven() {
  MAVEN="$(type -P mvn)" ||
    die "no mvn on PATH: install Maven $OLDEST_MAVEN or newer (https://maven.apache.org/install.html)"
}

# Runs Maven with its output to be seen.
run_maven() {
  start_maven "$@"
  await_child
}

# Runs Maven with its output in a log.
run_maven_quietly() {
  local log="$1" status=0 reader
  shift
  PIPE_DIR="$(mktemp -d "${TMPDIR:-/tmp}/fleet.XXXXXX")"
  mkfifo "$PIPE_DIR/output"
  follow_maven "$log" <"$PIPE_DIR/output" &
  reader=$!
  start_maven -Dstyle.color=never "$@" >"$PIPE_DIR/output" 2>&1
  await_child || status=$?
  wait "$reader" || true
  remove_pipe
  return "$status"
}

start_maven() {
  JAVA_HOME="$JDK" start_child "$MAVEN" -B "$@"
}

remove_pipe() {
  if [[ -n "$PIPE_DIR" ]]; then
    rm -rf "$PIPE_DIR"
    PIPE_DIR=''
  fi
}

# Copies Maven's output to the log and shows what it is busy with.
follow_maven() {
  local line files=0 next_line=$((SECONDS + SECONDS_BETWEEN_LINES))
  trap clear_status EXIT
  while IFS= read -r line || [[ -n "$line" ]]; do
    printf '%s\n' "$line"
    case "$line" in
      *'Downloading from '*) show_busy "building: $files files downloaded, now ${line##*/}" ;;
      *'Downloaded from '*) files=$((files + 1)) ;;
      *' Compiling '*) show_busy 'building: compiling' ;;
      *'Building jar'*) show_busy 'building: packing' ;;
    esac
  done >"$1"
}

# Uses next_line of follow_maven.
show_busy() {
  if on_terminal; then
    show_status "$1"
  elif ((SECONDS >= next_line)); then
    say "$1"
    next_line=$((SECONDS + SECONDS_BETWEEN_LINES))
  fi
}

# Says why the build that wrote the log failed, and ends the launcher.
die_of_build() {
  local log="$1" line lines=()
  die_of_old_maven
  while IFS= read -r line; do
    lines+=("$line")
  done < <(awk -v project="$PROJECT/" -f "$PROJECT/launcher/maven-errors.awk" "$log")
  die "the build failed:" ${lines[@]+"${lines[@]}"} "Everything Maven said is in ${log#"$PROJECT/"}."
}

# Asked only after a failure: the question costs a start of Maven.
die_of_old_maven() {
  local version
  version="$(JAVA_HOME="$JDK" "$MAVEN" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')" || true
  if [[ -n "$version" ]] && is_older "$version" "$OLDEST_MAVEN"; then
    die "Maven $version at $MAVEN is too old: install Maven $OLDEST_MAVEN or newer, and put it first on PATH"
  fi
}

# Compares major and minor of two versions.
is_older() {
  local major="${1%%.*}" minor="${1#*.}" wanted_major="${2%%.*}" wanted_minor="${2#*.}"
  minor="${minor%%.*}"
  ((major < wanted_major || (major == wanted_major && minor < wanted_minor)))
}
