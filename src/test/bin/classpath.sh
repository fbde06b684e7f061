# To be read by scripts that run something of the tests' classes in one java process. Needs "set -euo pipefail" before.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
target=$root/target
marker=$target/test.classpath

up_to_date() {
  [ -f "$marker" ] && [ -z "$(find "$root/pom.xml" "$root/src" -newer "$marker" -print -quit)" ]
}

build() {
  local begun=$target/test.begun
  touch "$begun"
  # not "mvn -q", which would hide the warnings that fail a build
  (cd "$root" && mvn -B test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$target/test.new") >"$target/test.log" 2>&1 || {
    grep -vF '[INFO]' "$target/test.log" >&2
    exit 1
  }
  # what is saved during the build counts as newer
  touch -r "$begun" "$target/test.new"
  mv "$target/test.new" "$marker"
}

# Takes this process's place: a main class and its arguments, after java's own options. JAVA_HOME and JAVA_OPTS are
# respected. Builds what is out of date first, and tells of it on stderr only.
run_java() {
  mkdir -p "$target"
  exec 9>"$target/test.lock"
  flock 9
  up_to_date || build
  exec 9>&-
  # shellcheck disable=SC2086 # several options in one variable
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTS:-} \
    -cp "$target/test-classes:$target/classes:$(cat "$marker")" "$@"
}
