package dev.squall.api.wire;

/** Names that the operator gives its pods and the pods rely on: paths, ports, labels, variables. */
public final class PodContract {
  /** Port of runner and coordinator: control, summary, files, live page and {@code /metrics}. */
  public static final int PORT = 8080;

  /** Name of {@link #PORT} in the pods and Services. */
  public static final String PORT_NAME = "http";

  /** Name of the one container of each pod. */
  public static final String CONTAINER = "squall";

  /** First argument of a runner pod. */
  public static final String RUNNER = "runner";

  /** First argument of a coordinator pod. */
  public static final String COORDINATOR = "coordinator";

  /** Folder of the plan ConfigMap: holds {@link #PLAN_KEY} or {@link #PLAN_GZIP_KEY}. */
  public static final String PLAN_DIR = "/etc/squall/plan";

  /** Key of the plan as JSON. */
  public static final String PLAN_KEY = "plan.json";

  /** Key of the plan as gzipped JSON (a binaryData entry). */
  public static final String PLAN_GZIP_KEY = "plan.json.gz";

  /**
   * File of the run's token: {@code Authorization: Bearer <token>} on every call but probes and
   * metrics.
   */
  public static final String TOKEN_FILE = "/etc/squall/token/token";

  /** Key of the token in its Secret. */
  public static final String TOKEN_KEY = "token";

  /** Folder of credentials in a runner: {@code <folder>/<secretName>/<key>}. */
  public static final String SECRETS_DIR = "/etc/squall/secrets";

  /** Folder of datasets in a runner: {@code <folder>/<dataset name>/data.csv}. */
  public static final String DATASETS_DIR = "/etc/squall/datasets";

  /** Name of the CSV file in a dataset's folder when it comes from a ConfigMap. */
  public static final String DATASET_FILE = "data.csv";

  /** Folder that a results PersistentVolumeClaim is mounted at, in the coordinator. */
  public static final String RESULTS_DIR = "/results";

  /** Writable folder (emptyDir) of runner and coordinator. */
  public static final String WORK_DIR = "/var/lib/squall";

  /** Variable with a runner's index, set by Kubernetes for Indexed Jobs. */
  public static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

  /**
   * Variable of the coordinator: where runners are, with {@code %d} for the index, for example
   * {@code http://heart-1-abcde-runner-%d.heart-1-abcde-runners.models.svc.cluster.local.:8080}.
   */
  public static final String RUNNER_URL_VARIABLE = "SQUALL_RUNNER_URL";

  /**
   * Variable of a runner, {@code true} or {@code false}: whether each request names its user,
   * iteration and step in {@code X-Squall-} headers, so that a target's log can be read by user.
   * Set through {@code spec.runners.template}.
   */
  public static final String TRACE_HEADERS_VARIABLE = "SQUALL_TRACE_HEADERS";

  /**
   * Variable of a runner: how it drives its sockets, {@code auto}, {@code io_uring}, {@code epoll}
   * or {@code nio}. Set through {@code spec.runners.template}.
   */
  public static final String TRANSPORT_VARIABLE = "SQUALL_TRANSPORT";

  /** Label with the run's name, on every object of a run. */
  public static final String RUN_LABEL = "squall.dev/run";

  /** Label with the LoadTest's name, on every object of a run and on the run. */
  public static final String LOADTEST_LABEL = "squall.dev/loadtest";

  /** Label {@code app.kubernetes.io/component}: runner or coordinator. */
  public static final String COMPONENT_LABEL = "app.kubernetes.io/component";

  /** Path of the readiness and liveness probes of both roles; no token. */
  public static final String HEALTH_PATH = "/healthz";

  /** Path of the metrics of both roles; no token. */
  public static final String METRICS_PATH = "/metrics";

  /** Coordinator: the {@link Summary} as JSON. */
  public static final String SUMMARY_PATH = "/v1/summary";

  /** Coordinator and runner: POST ends the load at once (idempotent). */
  public static final String STOP_PATH = "/v1/stop";

  /** Coordinator: result files by name. */
  public static final String FILES_PATH = "/v1/files/";

  private PodContract() {}
}
