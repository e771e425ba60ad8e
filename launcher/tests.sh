# shellcheck shell=bash
# Runs the tests and the benchmark.

GET_TOOLS='tools/install pulumi pulumi-kubernetes buildkite-agent kube-apiserver kube-controllers kwok etcd kube-score checkov'

# The program is built first, so that a test that itself runs the launcher finds nothing to build.
run_tests() {
  local tool left_out='tests under the real Pulumi, Buildkite agent, Kubernetes API server and browser'
  left_out+="; to run them: $GET_TOOLS && ./fleet test --engine"
  if [[ "${1:-}" == --engine ]]; then
    shift
    for tool in pulumi buildkite-agent kube-apiserver kubectl etcd kube-controller-manager kube-scheduler kwok kube-score; do
      type -P "$tool" >/dev/null ||
        die "these tests need $tool, which is not on PATH; build the pinned ones: $GET_TOOLS"
    done
    if type -P chromium >/dev/null && type -P chromedriver >/dev/null; then
      set -- -Pengine "$@"
      left_out=''
    else
      set -- -Pengine -Dgroups=engine "$@"
      left_out='tests of pages in a browser; to run them: apt-get install chromium chromium-driver'
      left_out+=' && ./fleet test --engine'
    fi
  fi
  build_if_stale
  find_maven
  lock
  run_maven verify "$@" || exit $?
  replace_file "$STATE/built" "$SOURCES"
  [[ -z "$left_out" ]] || say "left out: $left_out"
}

# It is among the test classes: the jar has only what a user needs.
run_benchmark() {
  build_if_stale
  find_maven
  lock
  run_maven -Dstyle.color=never test-compile >"$LOG" 2>&1 || die_of_build
  unlock
  exec "$JDK/bin/java" "${FLAGS[@]}" "-Dfleet.project.dir=$PROJECT" -cp "$TARGET/test-classes:$JAR" \
    io.buildkitefleet.bench.BenchCommand "$@"
}
