package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The coordinator's process dies and its container is started again in the same pod. Only where the
 * node's processes are this machine's, as in the local cluster: a container's first process cannot
 * be killed from within.
 */
class CoordinatorCrashE2E {
  private final Installed squall = Installed.shared();

  @Test
  void aCoordinatorThatCrashesResumesAndNoCountIsLost() throws IOException {
    try (Space space = squall.space("coordinator-crashed")) {
      String run = space.start(Manifests.steady(2, "30s", Manifests.stored()), "steady");
      space.awaitRunning(run);
      Pod pod = space.pods(run, PodContract.COORDINATOR).getFirst();
      List<ProcessHandle> processes = processes(pod.getMetadata().getUid());
      assumeThat(processes)
          .as("the node's processes cannot be seen here: NOT TESTED, use the local cluster")
          .isNotEmpty();
      processes.forEach(ProcessHandle::destroyForcibly);

      LoadTestRunStatus status = space.awaitCompleted(run, 150);

      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      long hits = space.target().entries().stream().filter(e -> e.path().equals("/hit")).count();
      assertThat(status.requests()).isEqualTo(hits);
      StoredFiles.of(space, run).assertAgreesWith(status);
    }
  }

  private static List<ProcessHandle> processes(String podUid) {
    return ProcessHandle.allProcesses().filter(process -> isJavaOf(process.pid(), podUid)).toList();
  }

  private static boolean isJavaOf(long pid, String podUid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      // systemd's names of cgroups have underscores for the UID's dashes.
      return Files.readString(process.resolve("cgroup")).replace('_', '-').contains(podUid)
          && Files.readString(process.resolve("comm")).strip().equals("java");
    } catch (IOException _) {
      // It has ended meanwhile.
      return false;
    }
  }
}
