# shellcheck shell=bash
# Knows whether what is in target was made from the sources as they are now, and makes it so.

TARGET="$PROJECT/target"
JAR="$TARGET/buildkite-fleet.jar"
LOG="$TARGET/build.log"
# What the launcher keeps for itself. In target, so that mvn clean takes it along.
STATE="$TARGET/fleet"
# The classes that a preview loads, read and verified beforehand. Without it all works, slower.
ARCHIVE="$STATE/classes.jsa"
LOCK="$STATE/lock"
LOCKED=false
CHILD=''

build_if_stale() {
  refuse_tracked_output
  find_jdk
  read_sources
  if ! is_current || { ! archive_is_current && [[ -w "$STATE" ]]; }; then
    lock
    # Another launcher may have built while this one waited.
    read_sources
    is_current || build
    archive_is_current || make_archive
    unlock
  fi
}

# A jar that came with the checkout would run without a build, and nobody reviews a jar; nor a program in .tools.
refuse_tracked_output() {
  local tracked reason
  is_in_repository || return 0
  if ! tracked="$(list_tracked_output 2>/dev/null)"; then
    reason="$(list_tracked_output 2>&1)" || true
    die "git cannot say whether target and .tools came with the checkout: ${reason##*fatal: }" \
      'what is there runs as it is; install git, or make it work here'
  fi
  [[ -z "$tracked" ]] || die "git tracks ${tracked%%$'\n'*}: what is in target and .tools runs as it is,\
 so it must be made here and not come with a change" \
    'to take it out of git: git rm -r --cached --ignore-unmatch target .tools'
}

is_in_repository() {
  local directory="$PROJECT"
  until [[ -e "$directory/.git" ]]; do
    [[ -n "$directory" ]] || return 1
    directory="${directory%/*}"
  done
}

list_tracked_output() (
  unset "${!GIT_@}"
  git -c safe.directory='*' -C "$PROJECT" ls-files -- ':(icase)target' ':(icase).tools'
)

# Sets SOURCES to a line of checksum, size and path for each file that goes into the jar. Times would miss a file that
# was put back with its old date, and would build again after a change of branch and back.
read_sources() {
  SOURCES="$(cd "$PROJECT" && find pom.xml pins.json .mvn src/main \( -type f -o -type l \) -exec cksum {} + 2>/dev/null |
    LC_ALL=C sort)" || true
  [[ -n "$SOURCES" ]] || die "cannot read the sources in $PROJECT"
}

# The jar must not be newer than the note of its sources: then somebody else made it, from what is not known.
is_current() {
  [[ -f "$JAR" && ! "$JAR" -nt "$STATE/built" ]] && file_says "$STATE/built" "$SOURCES"
}

# The note of the sources is taken before the build and written after it: an edit in between is seen the next time.
# A failed or interrupted build leaves neither a note nor a jar. Old classes go first, because Maven leaves what was
# made from a deleted resource. A program that still runs keeps its own jar: it is deleted, not written over.
build() {
  find_maven
  rm -rf "$STATE/built" "$JAR" "$TARGET/classes"
  say 'building'
  run_maven -Dstyle.color=never -Dmaven.test.skip=true package >"$LOG" 2>&1 || die_of_build
  [[ -f "$JAR" ]] || die "the build made no ${JAR#"$PROJECT/"}; see ${LOG#"$PROJECT/"}"
  replace_file "$STATE/built" "$SOURCES"
}

# An archive is good for one jar, one JDK and one place. Where none could be made, that is not tried again.
archive_is_current() {
  [[ ! "$JAR" -nt "$ARCHIVE.key" ]] && file_says "$ARCHIVE.key" "$JDK_VERSION $JDK $PROJECT"
}

# From a preview of the first stack that previews well.
make_archive() {
  local file stack
  rm -f "$ARCHIVE"
  for file in "$PROJECT"/Pulumi.*.yaml; do
    stack="${file##*/Pulumi.}"
    rm -f "$ARCHIVE.new"
    if [[ -f "$file" ]] && run_child "$JDK/bin/java" "${FLAGS[@]}" \
      -XX:-CreateCoredumpOnCrash "-XX:ErrorFile=$STATE/crash.log" \
      "-XX:ArchiveClassesAtExit=$ARCHIVE.new" -cp "$JAR" "$COMMAND_CLASS" preview "${stack%.yaml}" >/dev/null 2>&1; then
      mv -f "$ARCHIVE.new" "$ARCHIVE" 2>/dev/null || true
      break
    fi
  done
  replace_file "$ARCHIVE.key" "$JDK_VERSION $JDK $PROJECT"
}

find_maven() {
  MAVEN="$(type -P mvn)" || die 'no mvn on PATH: install Maven 3.8 or newer (https://maven.apache.org/install.html)'
}

run_maven() {
  JAVA_HOME="$JDK" run_child "$MAVEN" -B "$@"
}

# Shows the errors in Maven's log, without its second list of the same and its help. A warning of the compiler is one.
die_of_build() {
  local line shown=false lines=() position='^(.*):\[([0-9]+),([0-9]+)\](.*)'
  while IFS= read -r line; do
    case "$line" in
      *': Compilation failure'* | *'To see the full stack trace'*) break ;;
      *'COMPILATION ERROR'*) shown=false ;;
      '[ERROR] '* | '[WARNING] '*.java:\[*) shown=true ;;
      '['*) shown=false ;;
    esac
    [[ "$shown" == true ]] || continue
    line="${line//"$PROJECT/"/}"
    # Editors and terminals know File.java:3:14.
    [[ ! "$line" =~ $position ]] || line="${BASH_REMATCH[1]}:${BASH_REMATCH[2]}:${BASH_REMATCH[3]}:${BASH_REMATCH[4]}"
    line="${line#\[*\] }"
    lines+=("${line% -> \[Help*}")
  done <"$LOG"
  die 'the build failed:' ${lines[@]+"${lines[@]:0:20}"} "Everything Maven said is in ${LOG#"$PROJECT/"}."
}

# Runs a program so that a signal to the launcher ends it too. In the background, because bash handles a signal only
# between commands and in wait; background processes ignore Ctrl-C. One that outlives a killed launcher holds its lock.
run_child() {
  local status=0
  (cd "$PROJECT" && exec "$@") &
  CHILD=$!
  [[ "$LOCKED" == false ]] || began "$CHILD" >"$LOCK/$CHILD"
  wait "$CHILD" || status=$?
  rm -f "$LOCK/$CHILD"
  CHILD=''
  return "$status"
}

clean_up_at_end() {
  local signal
  trap clean_up EXIT
  for signal in INT TERM HUP; do
    # shellcheck disable=SC2064 # the signal of this turn
    trap "clean_up; trap - EXIT $signal; kill -$signal $$" "$signal"
  done
}

clean_up() {
  if [[ -n "$CHILD" ]]; then
    kill -TERM "$CHILD" 2>/dev/null || true
    wait "$CHILD" 2>/dev/null || true
  fi
  [[ -z "$HANDOVER" ]] || rm -f "$HANDOVER"
  unlock
}

# Waits until no other launcher builds here.
lock() {
  local reason
  if ! reason="$(mkdir -p "$STATE" 2>&1)" || [[ ! -w "$TARGET" || ! -w "$STATE" ]]; then
    reason="${reason##*: }"
    die "cannot write to $TARGET, where the build goes: ${reason:-permission denied}" \
      'make it writable for you, or copy the project to where you may write'
  fi
  try_lock || try_lock || say 'another fleet is building here; waiting for it'
  until [[ "$LOCKED" == true ]] || try_lock; do
    sleep 0.2
  done
}

# The lock is a directory, which only one can make, with files that are named like its holder and what that runs. What
# the dead have left goes: a file by its name and the directory only when it is empty, so that no lock of a living one is
# lost.
try_lock() {
  local holder
  began "$$" >"$LOCK.$$"
  if mkdir "$LOCK" 2>/dev/null && mv "$LOCK.$$" "$LOCK/$$" 2>/dev/null; then
    LOCKED=true
    return
  fi
  for holder in "$LOCK"/*; do
    file_says "$holder" "$(began "${holder##*/}")" || rm -f "$holder"
  done
  rm -f "$LOCK.$$"
  rmdir "$LOCK" 2>/dev/null
  return 1
}

# When a process began: its id alone may be another's by now. Nothing for one that has ended and was not waited for.
began() {
  if [[ -r /proc/$1/stat ]]; then
    sed -n 's/^.*) \([^ZX] .*\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
  else
    LC_ALL=C TZ=UTC ps -p "$1" -o lstart= 2>/dev/null
  fi
}

unlock() {
  [[ "$LOCKED" == false ]] || rm -rf "$LOCK" "$ARCHIVE.new"
  LOCKED=false
}

# Replaces a file at once: no reader sees half of it.
replace_file() {
  printf '%s\n' "$2" >"$1.$$" && mv -f "$1.$$" "$1"
}

file_says() {
  [[ -r "$1" && "$(<"$1")" == "$2" ]]
}
