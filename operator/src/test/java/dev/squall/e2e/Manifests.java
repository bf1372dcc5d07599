package dev.squall.e2e;

/** Manifests of the tests. */
final class Manifests {
  private Manifests() {}

  /**
   * Users and iterations stand in headers of each request, so that the target's log can be read by
   * user.
   */
  private static final String TRACE =
      """
          template:
            spec:
              containers:
                - {name: squall, env: [{name: SQUALL_TRACE_HEADERS, value: "true"}]}
      """;

  private static final String STORED =
      """
        results:
          s3: {bucket: load-tests, endpoint: "http://s3.storage:9000", credentials: {secretName: s3}}
      """;

  private static final String PATIENT =
      """
        payloads:
          - name: patient
            fields:
              age: {integer: {min: 29, max: 77}}
              sex: {choice: [{value: 0}, {value: 1}]}
              cp: {choice: [{value: 0}, {value: 1}, {value: 2}, {value: 3}]}
              trestbps: {integer: {min: 94, max: 200}}
              chol: {integer: {min: 126, max: 564}}
              fbs: {choice: [{value: 0}, {value: 1}]}
              restecg: {choice: [{value: 0}, {value: 1}, {value: 2}]}
              thalach: {integer: {min: 71, max: 202}}
              exang: {choice: [{value: 0}, {value: 1}]}
              oldpeak: {number: {min: 0, max: 6.2, decimals: 1}}
              slope: {choice: [{value: 0}, {value: 1}, {value: 2}]}
              ca: {choice: [{value: 0}, {value: 1}, {value: 2}, {value: 3}, {value: 4}]}
              thal: {choice: [{value: 0}, {value: 1}, {value: 2}, {value: 3}]}
      """;

  private static final String PREDICT =
      """
            tasks:
              - name: predict
                weight: 4
                request: {method: POST, path: /predict, json: {payload: patient}}
                expect: {status: [200], json: [{path: $.diagnosis, in: [{value: heart-disease}, {value: clear}]}]}
              - name: predict with a field missing
                weight: 1
                request: {method: POST, path: /predict, json: {payload: patient, mutate: {dropFields: 1}}}
                expect: {status: [400]}
      """;

  /** The seed's test against the test target: 20 users, 5 a second, wait 1 to 5 s, 4:1. */
  static String seed(int runners, String bound) {
    return """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: seed}
        spec:
          target:
            service: {name: target, port: 8080}
            readiness: {path: /health}
          seed: 42
          loads:
            - {name: expected, users: {count: 20, spawnRate: 5}, %s}
          scenarios:
            - name: patient
              wait: {between: {min: 1s, max: 5s}}
        """
            .formatted(bound)
        + PREDICT
        + PATIENT
        + """
          thresholds:
            - {task: predict, responseTime: {percentile: 95, below: 5s}}
            - {failureRatio: {below: 0.01}}
        """
        + "  runners:\n    count: "
        + runners
        + "\n"
        + TRACE
        + STORED;
  }

  /** A number of requests by 20 users without wait. */
  static String budget(int runners, int requests) {
    return """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: budget}
        spec:
          target:
            service: {name: target, port: 8080}
          seed: 7
          loads:
            - {name: all, users: {count: 20, spawnRate: 1000}, requests: %d}
          scenarios:
            - name: patient
        """
            .formatted(requests)
        + PREDICT
        + PATIENT
        + "  runners:\n    count: "
        + runners
        + "\n";
  }

  /**
   * A steady load on {@code /hit} of the test target, answered in 10 ms: 20 users a runner, with a
   * tenth of a second between an answer and the next request.
   */
  static String steady(int runners, String duration, String more) {
    return """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: steady}
        spec:
          target:
            service: {name: target, port: 8080}
          loads:
            - {name: all, users: {count: %d, spawnRate: 100}, duration: %s}
          scenarios:
            - name: hit
              wait: {constant: 100ms}
              tasks:
                - {name: hit, request: {path: "/hit?delay=10ms"}}
        """
            .formatted(20 * runners, duration)
        + "  runners:\n    count: "
        + runners
        + "\n"
        + TRACE
        + more;
  }

  /**
   * Users without a pause whose payloads take the runner long to draw (a number that is seldom
   * within its bounds is drawn again and again) and the target next to nothing to read: so it is
   * the runner's limit that they meet, however slow the target.
   */
  static String greedy(String cpu, String duration) {
    return """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: greedy}
        spec:
          target:
            service: {name: target, port: 8080}
          loads:
            - {name: all, users: {count: 20, spawnRate: 1000}, duration: %1$s}
          scenarios:
            - name: doses
              tasks: [{name: judge, request: {method: POST, path: /doses, json: {payload: doses}}}]
          payloads:
            - name: doses
              batch: {size: 200}
              fields:
                dose: {number: {distribution: Normal, mean: 0, standardDeviation: 1000000, min: 6, max: 7}}
          runners:
            count: 1
            resources:
              requests: {cpu: %2$s, memory: 512Mi}
              limits: {cpu: %2$s, memory: 512Mi}
        """
        .formatted(duration, cpu);
  }

  /** Results in the object storage. */
  static String stored() {
    return STORED;
  }
}
