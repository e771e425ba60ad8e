# shellcheck shell=bash
# Knows whether what is in target was made from the sources as they are now, and makes it so.

# How to get the programs that some tests need.
GET_TOOLS='tools/install pulumi buildkite-agent kube-apiserver etcd'

# The same for the browser that pages are tested in, on Debian.
GET_BROWSER='apt-get install chromium chromium-driver'

build_if_stale() {
  find_jdk
  read_sources
  if ! is_current; then
    build_alone
  fi
  set_jvm_flags
  read_class_path
  read_archive_key
}

build_alone() {
  make_state_directory
  remember_jdk
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
  [[ -f "$JAR" && ! "$JAR" -nt "$STATE/built" ]] && file_says "$STATE/built" "$SOURCES"
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
  run_maven_quietly "$BUILD_LOG" -Dmaven.test.skip=true package dependency:build-classpath \
    -DincludeScope=runtime -Dmdep.prefix=lib "-Dmdep.outputFile=$STATE/libraries" || die_of_build "$BUILD_LOG"
  [[ -f "$JAR" ]] || die "the build made no ${JAR#"$PROJECT/"}; see ${BUILD_LOG#"$PROJECT/"}"
  note_build
  clear_status
}

note_build() {
  replace_file "$STATE/built" "$SOURCES" || die "cannot write $STATE/built"
}

compile_tests() {
  find_maven
  lock
  run_maven_quietly "$BUILD_LOG" test-compile || die_of_build "$BUILD_LOG"
  unlock
  clear_status
}

require_tools() {
  local tool
  for tool in pulumi buildkite-agent kube-apiserver kubectl etcd; do
    type -P "$tool" >/dev/null || die "these tests need $tool, which is not on PATH; build the pinned ones: $GET_TOOLS"
  done
}

# Sets LEFT_OUT, and PROFILE to the arguments for Maven that choose the tests which need other programs.
choose_engine_tests() {
  require_tools
  PROFILE=(-Pengine)
  LEFT_OUT=''
  if ! type -P chromium >/dev/null || ! type -P chromedriver >/dev/null; then
    PROFILE+=(-Dgroups=engine)
    LEFT_OUT="left out: tests of pages in a browser; to run them: $GET_BROWSER && ./fleet test --engine"
  fi
}

# The program is built first, under the lock, so that a test that itself runs the launcher finds nothing to build.
test_everything() {
  local status=0
  LEFT_OUT='left out: tests under the real Pulumi, Buildkite agent, Kubernetes API server and browser; to run them: '
  LEFT_OUT+="$GET_TOOLS && ./fleet test --engine"
  if [[ "${1:-}" == --engine ]]; then
    choose_engine_tests
    set -- "${PROFILE[@]}" "${@:2}"
  fi
  build_if_stale
  find_maven
  lock
  run_maven verify "$@" || status=$?
  if ((status == 0)); then
    note_build
    [[ -z "$LEFT_OUT" ]] || say "$LEFT_OUT"
  fi
  unlock
  exit "$status"
}
