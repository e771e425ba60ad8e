# The lines of a Maven log that say why the build failed. Maven prints a compiler error twice and adds its help text.

# What could not be had from the network, by whichever of Maven's sentences; the longest of several says most.
/^\[ERROR\].*(Could not transfer artifact |in offline mode and the artifact )/ {
  artifact = $0
  sub(/.*transfer artifact |.*mode and the artifact /, "", artifact)
  sub(/ .*/, "", artifact)
  if (!(artifact in reason)) order[++count] = artifact
  note_download($0)
  next
}

/^\[INFO\] BUILD FAILURE/ { summary = 1 }
/warnings found and -Werror specified/ { fatal_warnings = 1; next }

/^\[WARNING\] .*\.java:\[/ { keep("warning", substr($0, 11)); continued = "warning"; next }
/^\[ERROR\] .*\.java:\[/ && !summary { keep("error", substr($0, 9)); continued = "error"; next }
/^\[/ { continued = "" }
continued != "" { keep(continued, $0); next }

/^\[ERROR\] *$/ { next }
/^\[ERROR\] (-> \[Help|\[Help|To see the full|Re-run Maven|For more information|After correcting)/ { next }
/^\[ERROR\] / && !/COMPILATION ERROR/ {
  line = substr($0, 9)
  sub(/ -> \[Help.*/, "", line)
  sub(/^\[ERROR\] /, "", line)
  if (!(line in seen)) general = general line "\n"
  seen[line] = 1
}

function note_download(line) {
  if (match(line, /[(]http[^)]*[)]/)) {
    place[artifact] = " from " substr(line, RSTART + 1, RLENGTH - 2)
    line = substr(line, RSTART + RLENGTH)
  }
  if (line ~ /in offline mode/) line = ": Maven is in offline mode"
  sub(/transfer failed for [^ ]*/, "", line)
  sub(/ @ line [0-9]+, column [0-9]+/, "", line)
  sub(/ -> \[Help.*/, "", line)
  sub(/^[: ]+/, "", line)
  if (length(line) >= length(reason[artifact])) reason[artifact] = line
}

# Editors and terminals know File.java:3:14.
function keep(kind, line) {
  if (index(line, project) == 1) line = substr(line, length(project) + 1)
  if (match(line, /:\[[0-9]+,[0-9]+\]/)) {
    position = substr(line, RSTART + 2, RLENGTH - 3)
    sub(/,/, ":", position)
    line = substr(line, 1, RSTART) position ":" substr(line, RSTART + RLENGTH)
  }
  kept[kind] = kept[kind] line "\n"
}

END {
  if (count > 0) {
    for (i = 1; i <= count; i++) {
      artifact = order[i]
      print "Maven could not download " artifact place[artifact] (reason[artifact] == "" ? "" : ": " reason[artifact])
    }
    print "Check the network, and the proxy and mirrors in ~/.m2/settings.xml; then try again."
  } else if (kept["error"] != "" || fatal_warnings) {
    printf "%s%s", kept["error"], fatal_warnings ? kept["warning"] : ""
  } else {
    printf "%s", general
  }
}
