# shellcheck shell=sh
# Whether a commit is on a branch. A server hands out more than its branches have: GitHub keeps the commits of each pull
# request below refs/pull, a fork's too.

# Whether a commit is on a branch of the repository at an address, as its server has its branches now. Runs inside a
# checkout that has the commit, where git can reach the repository. 2: nobody knows, the server did not answer.
is_on_branch() {
  commit="$1"
  repository="$2"
  # A push builds what was the tip of a branch a moment ago.
  tips="$(git ls-remote --heads -- "$repository")" || return 2
  case "
$tips" in
    *"
$commit	refs/heads/"*) return 0 ;;
  esac
  # Their places are emptied of what is no branch any more.
  git fetch --quiet --no-tags --prune --no-recurse-submodules -- "$repository" '+refs/heads/*:refs/fleet/heads/*' ||
    return 2
  [ -n "$(git for-each-ref --count=1 --contains "$commit" refs/fleet/heads/)" ]
}
