# shellcheck shell=sh
# What a job of the queue that signs steps may be: one upload of a pipeline. Two read it: pre-bootstrap, which refuses
# everything else before anything is fetched, and the command hook, which does what is left.

# Reads a command of one of these forms; fails at every other. It sets
# UPLOAD_SCRIPT, UPLOAD_FILE (either may be empty) and UPLOAD_OPTIONS.
#
#   buildkite-agent pipeline upload [OPTION...] [FILE]
#   SCRIPT | buildkite-agent pipeline upload [OPTION...]
#
# A script gets no arguments: many a repository has one that runs whatever these are. Whatever could name another key,
# another job or another server is no option here.
read_upload_command() {
  UPLOAD_SCRIPT=''
  UPLOAD_FILE=''
  UPLOAD_OPTIONS=''
  upload_side=before
  upload_words=''
  # None of these means anything to a shell, but for the bar.
  case "$1" in
    *[!\ A-Za-z0-9_.,:@%+/=\|-]*) return 1 ;;
  esac
  # Split at blanks; there is nothing that a shell would expand.
  for upload_word in $1; do
    case "$upload_word" in
      \|)
        [ "$upload_side" = before ] || return 1
        is_script "$upload_words" || return 1
        UPLOAD_SCRIPT="$upload_words"
        upload_side=after
        upload_words=''
        ;;
      *\|*) return 1 ;;
      *) upload_words="$upload_words${upload_words:+ }$upload_word" ;;
    esac
  done
  read_upload "$upload_words"
}

read_upload() {
  case "$1 " in
    'buildkite-agent pipeline upload '*) ;;
    *) return 1 ;;
  esac
  upload_rest="${1#buildkite-agent pipeline upload}"
  for upload_word in $upload_rest; do
    case "$upload_word" in
      --replace | --no-interpolation | --reject-secrets)
        UPLOAD_OPTIONS="$UPLOAD_OPTIONS${UPLOAD_OPTIONS:+ }$upload_word"
        ;;
      *)
        [ -z "$UPLOAD_FILE$UPLOAD_SCRIPT" ] && is_path "$upload_word" || return 1
        UPLOAD_FILE="${upload_word#./}"
        ;;
    esac
  done
}

# Whether a script of the repository is called, by itself, and not a program of the image.
is_script() {
  case "$1" in
    *' '*) return 1 ;;
    */*) is_path "$1" ;;
    *) return 1 ;;
  esac
}

# Whether it can only be a path inside a checkout.
is_path() {
  case "/${1#./}/" in
    //* | */../* | */./* | *//* | /-* | /.git/*) return 1 ;;
  esac
  case "$1" in
    '' | *[!A-Za-z0-9_./-]*) return 1 ;;
  esac
}
