# shellcheck shell=bash
# Makes the class archive: the classes of the libraries that a preview loads, read and verified beforehand, so that each
# JVM maps them into memory instead of loading them from the jars. It depends on the libraries, the JDK and the
# directory, not on the project's own classes: an edit of the sources leaves it good. Without one, all works, slower.

ARCHIVE="$STATE/classes.jsa"
TRAINING=''

# Sets LIBRARIES to the class path of the libraries, in Maven's order. They come before the project's own jar, because
# a JVM takes an archive only when the class path begins with the one that the archive was made with. The build notes
# them relative to target: the project may be moved.
read_libraries() {
  local library libraries=()
  LIBRARIES=''
  [[ -r "$STATE/libraries" ]] || return 0
  IFS=: read -r -a libraries <"$STATE/libraries" || true
  for library in ${libraries[@]+"${libraries[@]}"}; do
    LIBRARIES+="${LIBRARIES:+:}$TARGET/$library"
  done
}

# Sets ARCHIVE_KEY to all that the archive depends on.
read_archive_key() {
  ARCHIVE_KEY="$JDK $JDK_RELEASE$LIBRARIES"
}

has_archive() {
  [[ -f "$ARCHIVE" ]] && file_says "$ARCHIVE.key" "$ARCHIVE_KEY"
}

# An attempt that failed is not repeated until there is something new to try it with.
wants_archive() {
  local file failed="$ARCHIVE.failed" stacks=("$PROJECT"/Pulumi.*.yaml)
  if [[ -z "$LIBRARIES" || ! -f "${stacks[0]}" ]] || has_archive; then
    return 1
  fi
  [[ -f "$failed" ]] || return 0
  for file in "$STATE/built" "${stacks[@]}"; do
    [[ ! "$file" -nt "$failed" ]] || return 0
  done
  return 1
}

# Makes the archive in another process that gives way to everybody, while this one does what the user asked for.
make_archive_aside() {
  if wants_archive; then
    nice -n 19 "$BASH" "$PROJECT/fleet" build </dev/null >/dev/null 2>&1 &
  fi
}

make_archive() {
  wants_archive && try_lock archive || return 0
  if on_terminal; then
    show_status 'preparing fast starts'
  fi
  TRAINING="$STATE/training"
  rm -rf "$TRAINING" "$ARCHIVE.key" "$ARCHIVE.failed"
  if mkdir "$TRAINING" && list_classes && dump_archive; then
    mv -f "$TRAINING/classes.jsa" "$ARCHIVE"
    replace_file "$ARCHIVE.key" "$ARCHIVE_KEY"
  else
    : >"$ARCHIVE.failed"
  fi
  remove_training
  clear_status
  unlock
}

remove_training() {
  if [[ -n "$TRAINING" ]]; then
    rm -rf "$TRAINING"
    TRAINING=''
  fi
}

# Lists what the command line and the program load in a preview of the first stack that previews well.
list_classes() {
  local file stack
  for file in "$PROJECT"/Pulumi.*.yaml; do
    stack="${file##*/Pulumi.}"
    stack="${stack%.yaml}"
    rm -f "$TRAINING"/*.list
    if preview_for_list "$stack" && [[ -s "$TRAINING/program.list" ]]; then
      # The numbers are good within one list only.
      sed -e '/^#/d' -e '/ super: /d' -e '/buildkitefleet/d' -e 's/ id: [0-9]*$//' "$TRAINING"/*.list |
        awk '!seen[$0]++' >"$TRAINING/classes"
      return
    fi
  done
  return 1
}

preview_for_list() {
  train "-XX:DumpLoadedClassList=$TRAINING/command.list" "-Dfleet.project.dir=$PROJECT" \
    "-Dfleet.program.jvmFlags=$(join_flags "${FLAGS[@]}" "-XX:DumpLoadedClassList=$TRAINING/program.list")" \
    -cp "$CLASS_PATH" "$COMMAND_CLASS" preview "$1"
}

dump_archive() {
  train -Xshare:dump "-XX:SharedClassListFile=$TRAINING/classes" "-XX:SharedArchiveFile=$TRAINING/classes.jsa" \
    -cp "$LIBRARIES" && [[ -s "$TRAINING/classes.jsa" ]]
}

train() {
  start_child "$JDK/bin/java" "${FLAGS[@]}" "-XX:ErrorFile=$TRAINING/crash" -XX:-CreateCoredumpOnCrash "$@" \
    </dev/null >/dev/null 2>&1
  await_child
}
