# shellcheck shell=sh disable=SC2030,SC2031
# Whether a commit is on a branch. A server hands out more than its branches have: GitHub keeps the commits of each pull
# request below refs/pull, a fork's too.
#
# The server is asked, and nothing else: what a checkout says of its branches may be old, or of a job before. No file of the
# repository is fetched, only commits, into a directory of their own that goes at the end. Each question is asked in a shell of
# its own.

# How far a branch is looked at before all of it is.
LITTLE='--depth=1 --depth=50'

# Whether a commit is on a branch that is called like one of the patterns, which are like main or release/*: the asterisk stands
# for anything without a slash, as where git hosts protect branches. Alone it stands for every branch. Git must be able to reach the
# repository. 1: it is not; 2: nobody knows, the server did not answer.
is_on_branch() (
  commit="$1"
  repository="$2"
  shift 2
  open_scratch || exit 2
  answer=1
  for branches in "$@"; do
    found=0
    # shellcheck disable=SC2086 # options are words
    has_commit "$branches" $LITTLE --unshallow || found="$?"
    [ "$found" != 0 ] || exit 0
    [ "$found" != 2 ] || answer=2
  done
  exit "$answer"
)

# Whether a commit is on a branch, after another one or the same. 1: it is not; 2: nobody knows.
is_after_on_branch() (
  commit="$1"
  earlier="$2"
  repository="$3"
  pattern="$4"
  [ -n "$earlier" ] || exit 1
  open_scratch || exit 2
  tip_of "$pattern" >/dev/null || exit
  for how in $LITTLE --unshallow; do
    fetch_branches "$pattern" "$how" || exit
    # A commit that is there is not fetched by its name.
    if is_fetched && [ -n "$(in_scratch rev-list "$commit" | sed -n "/^$earlier\$/p")" ]; then
      exit 0
    fi
    [ "$(in_scratch rev-parse --is-shallow-repository)" = true ] || exit 1
  done
  exit 1
)

# Whether a commit is on any branch, or is what a tag names: whoever may push decides both. The branch that is named is looked
# at first, because most commits are near its end.
is_ours_in_git() (
  commit="$1"
  repository="$2"
  named="$3"
  open_scratch || exit 2
  # shellcheck disable=SC2086 # options are words
  if git check-ref-format "refs/heads/$named" && has_commit "$named" $LITTLE; then
    exit 0
  fi
  tips="$(in_scratch ls-remote --heads --tags -- "$repository")" || exit 2
  case "
$tips" in
    *"
$commit	refs/"*) exit 0 ;;
  esac
  found=0
  # shellcheck disable=SC2086
  has_commit '*' $LITTLE --unshallow || found="$?"
  exit "$found"
)

# Prints what a branch is at now. 1: there is no such branch; 2: nobody knows. A branch that git would take for something
# else, a tag of the same name say, counts as none, since the agent asks for it by its short name.
tip_of_branch() (
  commit=''
  branch="$1"
  repository="$2"
  open_scratch || exit 2
  refs="$(in_scratch ls-remote -- "$repository" "$branch" "refs/heads/$branch")" || exit 2
  tip=''
  while IFS='	' read -r hash name; do
    case "$name" in
      "refs/heads/$branch") tip="$hash" ;;
      "$branch" | "refs/$branch" | "refs/tags/$branch" | "refs/remotes/$branch") exit 1 ;;
    esac
  done <<EOL
$refs
EOL
  [ -n "$tip" ] || exit 1
  printf '%s\n' "$tip"
)

# Prints what a pull request would be once it is merged, as the server has it now. 1: it has none; 2: nobody knows.
merge_of_pull_request() (
  commit=''
  ref="refs/pull/$1/merge"
  repository="$2"
  open_scratch || exit 2
  refs="$(in_scratch ls-remote -- "$repository" "$ref")" || exit 2
  while IFS='	' read -r hash name; do
    if [ "$name" = "$ref" ]; then
      printf '%s\n' "$hash"
      exit 0
    fi
  done <<EOL
$refs
EOL
  exit 1
)

# In a directory that goes at the end. Its hashes are as long as the commit's.
open_scratch() {
  SCRATCH="$(mktemp -d)" || return
  trap 'rm -rf "$SCRATCH"' EXIT
  # From a directory that is nobody's: git reads the settings of the repository that it is in.
  cd "$SCRATCH" || return
  case "${#commit}" in
    64) git init --quiet --bare --template='' --object-format=sha256 . ;;
    *) git init --quiet --bare --template='' . ;;
  esac
}

# Whether the commit is on a branch that is called like this, as far as each of these goes back, one after the other: most
# commits are near the end of a branch, and little is fetched to see it.
has_commit() {
  pattern="$1"
  shift
  case "$pattern" in
    *'*'*) ;;
    *)
      # Where there is no branch of just this name, a fetch would take a branch or a tag that has the whole name within its own.
      tip="$(tip_of "$pattern")" || return
      [ "$tip" != "$commit" ] || return 0
      ;;
  esac
  for how in "$@"; do
    fetched=0
    fetch_branches "$pattern" "$how" || fetched="$?"
    [ "$fetched" = 0 ] || return "$fetched"
    ! is_fetched || return 0
    [ "$(in_scratch rev-parse --is-shallow-repository)" = true ] || return 1
  done
  return 1
}

# Prints what the branch of just this name is at. 1: there is none; 2: nobody knows.
tip_of() {
  refs="$(in_scratch ls-remote -- "$repository" "refs/heads/$1")" || return 2
  while IFS='	' read -r hash name; do
    if [ "$name" = "refs/heads/$1" ]; then
      printf '%s\n' "$hash"
      return
    fi
  done <<EOL
$refs
EOL
  return 1
}

# 1: the server has no such branch.
fetch_branches() {
  if in_scratch fetch --quiet --no-tags --no-recurse-submodules --filter=tree:0 "$2" -- \
    "$repository" "+refs/heads/$1:refs/heads/$1" 2>"$SCRATCH/errors"; then
    return
  fi
  # Where a pattern fits no branch, git fails without a word.
  case "
$(cat "$SCRATCH/errors")" in
    *"couldn't find remote ref"*) return 1 ;;
    *"
fatal:"*) ;;
    *) return 1 ;;
  esac
  cat "$SCRATCH/errors" >&2
  return 2
}

# Asks for no commit by its name, which would fetch it.
is_fetched() {
  [ -n "$(fitting | in_scratch rev-list --stdin | sed -n "/^$commit\$/p")" ]
}

# Prints those of the branches that were fetched which the pattern means: git's own asterisk stands for slashes, too.
fitting() {
  in_scratch for-each-ref --format='%(refname)' refs/heads |
    while IFS= read -r ref; do
      ! is_meant "${ref#refs/heads/}" || printf '%s\n' "$ref"
    done
}

is_meant() {
  case "$pattern" in
    '*' | "$1") return 0 ;;
    *'*'*) ;;
    *) return 1 ;;
  esac
  before="${pattern%%'*'*}"
  after="${pattern#*'*'}"
  asterisk="${1#"$before"}"
  asterisk="${asterisk%"$after"}"
  case "$asterisk" in
    */*) return 1 ;;
  esac
  [ "$before$asterisk$after" = "$1" ]
}

# What git says is read, so it is said in English.
in_scratch() {
  LC_ALL=C git --git-dir="$SCRATCH" "$@"
}
