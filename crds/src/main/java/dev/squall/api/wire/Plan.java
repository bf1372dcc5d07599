package dev.squall.api.wire;

import dev.squall.api.v1alpha1.LoadTestSpec;

/**
 * What the pods of a run are told: the content of the plan ConfigMap, as JSON, gzipped when large.
 *
 * @param namespace namespace of the run
 * @param loadTest name of the LoadTest
 * @param run name of the LoadTestRun
 * @param runUid UID of the LoadTestRun; claims the results folder
 * @param runners number of runners, all of whose indices are below it
 * @param targetUrl base URL of the target, for example {@code
 *     http://heart-disease.models.svc.cluster.local.:8080}
 * @param test the frozen spec, defaults filled in
 */
public record Plan(
    String namespace,
    String loadTest,
    String run,
    String runUid,
    int runners,
    String targetUrl,
    LoadTestSpec test) {

  /** The same against another target. */
  public Plan withTargetUrl(String other) {
    return new Plan(namespace, loadTest, run, runUid, runners, other, test);
  }

  /** The same with another test. */
  public Plan withTest(LoadTestSpec other) {
    return new Plan(namespace, loadTest, run, runUid, runners, targetUrl, other);
  }
}
