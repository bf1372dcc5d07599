package dev.squall.runner.scheduling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.module.ModuleDescriptor;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kernel says of a thread that asked to come first. */
@Timeout(60)
class PrecedenceIT {
  private static final String GRANTED = "slice of 100 µs";

  /** Skips only where the kernel cannot, or a sandbox does not let it. */
  private static void assumeGranted(String scheduling) {
    assumeTrue(
        !scheduling.contains("not permitted") && !scheduling.contains("not implemented"),
        () -> "refused here: " + scheduling);
    assumeTrue(
        ModuleDescriptor.Version.parse(System.getProperty("os.version"))
                .compareTo(ModuleDescriptor.Version.parse("6.12"))
            >= 0,
        () -> "slices need Linux 6.12, this is " + System.getProperty("os.version"));
    assertThat(scheduling).isEqualTo(GRANTED);
  }

  private static KernelScheduler scheduler() throws Exception {
    return KernelScheduler.ofMachine().orElseThrow();
  }

  private static <T> T onNewThread(Callable<T> task) throws Exception {
    FutureTask<T> asked = new FutureTask<>(task);
    Thread.ofPlatform().start(asked);
    return asked.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aThreadHasTheSliceThatItAskedForAndNoOtherThreadDoes() throws Exception {
    ThreadPolicy[] before = new ThreadPolicy[1];
    ThreadPolicy[] after = new ThreadPolicy[1];
    String scheduling =
        onNewThread(
            () -> {
              if (KernelScheduler.ofMachine().isPresent()) {
                before[0] = scheduler().policy();
              }
              String words = Precedence.takeShortSlice();
              if (KernelScheduler.ofMachine().isPresent()) {
                after[0] = scheduler().policy();
              }
              return words;
            });
    assumeGranted(scheduling);
    assertThat(before[0].sliceNanos()).isNotEqualTo(Precedence.SLICE_NANOS);
    assertThat(after[0])
        .isEqualTo(new ThreadPolicy(ThreadPolicy.OTHER, before[0].nice(), Precedence.SLICE_NANOS));
    assertThat(onNewThread(() -> scheduler().policy()).sliceNanos())
        .isNotEqualTo(Precedence.SLICE_NANOS);
  }

  @Test
  void whatTheKernelRefusesIsAnAnswerInWords() throws Exception {
    assumeTrue(KernelScheduler.ofMachine().isPresent(), "not Linux");
    assertThat(Precedence.words(new ThreadPolicy(ThreadPolicy.OTHER, 0, 0)))
        .isEqualTo("kernel's default (slices need Linux 6.12)");
    assertThat(new KernelScheduler.RefusedException("sched_setattr", 1))
        .hasMessage("sched_setattr: not permitted");
  }

  /** Asks in a JVM of its own. */
  public static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      System.out.println(Precedence.takeShortSlice());
    }
  }

  @Test
  void aJvmThatMayNotCallTheKernelGoesOnWithout() throws Exception {
    Process asking =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--illegal-native-access=deny",
                "-cp",
                System.getProperty("java.class.path"),
                Asking.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(asking.getInputStream().readAllBytes(), UTF_8);
    assertThat(asking.waitFor()).as(said).isZero();
    assertThat(said).startsWith("kernel's default (").contains("native access");
  }

  @Test
  void aPolicyThatThereIsNotIsRefused() throws Exception {
    assumeTrue(KernelScheduler.ofMachine().isPresent(), "not Linux");
    assertThat(
            catchThrowableOfType(
                KernelScheduler.RefusedException.class,
                () -> scheduler().schedule(new ThreadPolicy(77, 0, 0))))
        .hasMessage("sched_setattr: invalid argument");
  }
}
