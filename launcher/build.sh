# shellcheck shell=bash
# Knows whether what is in target was made from the sources as they are now, and makes it so.

TARGET="$PROJECT/target"
# What the launcher keeps for itself. In target, so that mvn clean takes it along.
STATE="$TARGET/fleet"
JAR="$TARGET/buildkite-fleet.jar"
BUILD_LOG="$TARGET/build.log"

build_if_stale() {
  read_sources
  if is_current; then
    return
  fi
  make_state_directory
  find_maven
  lock
  # Another launcher may have built while this one waited.
  read_sources
  if ! is_current; then
    build
  fi
  unlock
}

# Sets SOURCES to a line of checksum, size and path for each file that goes into the jar. Times would miss a file that
# was put back with its old date, and would build again after a change of branch and back.
read_sources() {
  SOURCES="$(cd "$PROJECT" && list_sources 2>/dev/null | LC_ALL=C sort)" || true
  [[ -n "$SOURCES" ]] || die "cannot read the sources in $PROJECT"
}

list_sources() {
  find pom.xml .mvn src/main \( -type f -o -type l \) -exec cksum {} +
}

# The jar must not be newer than the note of its sources: then somebody else made it, from what is not known.
is_current() {
  local built=''
  [[ -f "$JAR" && -r "$STATE/built" && ! "$JAR" -nt "$STATE/built" ]] || return 1
  IFS= read -r -d '' built <"$STATE/built" || true
  [[ "$built" == "$SOURCES"$'\n' ]]
}

make_state_directory() {
  local reason
  reason="$(mkdir -p "$STATE" 2>&1 && { : >"$STATE/writable"; } 2>&1)" ||
    die "cannot write to $TARGET, where the build goes: ${reason##*: }" \
      "make it writable for you, or copy the project to where you may write"
}

# The note of the sources is taken before the build and written after it: an edit in between is seen the next time.
# A failed or interrupted build leaves neither a note nor a jar. Old classes go first, because Maven leaves what was
# made from a deleted resource. A program that still runs keeps its own jar: it is deleted, not written over.
build() {
  rm -rf "$STATE/built" "$JAR" "$TARGET/classes"
  if on_terminal; then
    show_status 'building'
  else
    say 'building'
  fi
  run_maven_quietly "$BUILD_LOG" -Dmaven.test.skip=true package || die_of_build "$BUILD_LOG"
  [[ -f "$JAR" ]] || die "the build made no ${JAR#"$PROJECT/"}; see ${BUILD_LOG#"$PROJECT/"}"
  note_build
  clear_status
}

note_build() {
  replace_file "$STATE/built" "$SOURCES" || die "cannot write $STATE/built"
}

# No reader sees half of it.
replace_file() {
  printf '%s\n' "$2" >"$1.$$" && mv -f "$1.$$" "$1"
}

# The program is built first, under the lock, so that a test that itself runs the launcher finds nothing to build.
test_everything() {
  local status=0
  build_if_stale
  find_maven
  lock
  run_maven verify "$@" || status=$?
  if ((status == 0)); then
    note_build
  fi
  unlock
  exit "$status"
}
