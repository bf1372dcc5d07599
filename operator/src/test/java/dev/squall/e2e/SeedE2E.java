package dev.squall.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The seed's test with 1, 2 and 3 runners: the same requests, and counts that agree to the last.
 */
final class SeedE2E {
  private final Installed squall = Installed.shared();

  @Test
  void oneTwoAndThreeRunnersSendTheSameRequests() {
    List<Map<Integer, List<String>>> byUser = new ArrayList<>();
    List<Space> spaces =
        List.of(squall.space("seed-1"), squall.space("seed-2"), squall.space("seed-3"));
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < spaces.size(); i++) {
      runs.add(spaces.get(i).start(Manifests.seed(i + 1, "duration: 60s"), "seed"));
    }
    for (int i = 0; i < spaces.size(); i++) {
      LoadTestRunStatus status = spaces.get(i).awaitCompleted(runs.get(i), 240);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      assertThat(status.requests()).isBetween(375L, 425L);
      assertThat(status.failures()).isZero();
      List<TargetLog.Entry> log = predictions(spaces.get(i));
      assertThat(status.requests()).isEqualTo(log.size());
      StoredFiles.of(spaces.get(i), runs.get(i)).assertAgreesWith(status);
      byUser.add(bodiesByUser(log));
    }
    for (Map<Integer, List<String>> other : byUser.subList(1, byUser.size())) {
      byUser
          .getFirst()
          .forEach((user, bodies) -> assertPrefix(bodies, other.getOrDefault(user, List.of())));
    }
    spaces.forEach(Space::close);
  }

  @Test
  void aBudgetOfRequestsIsTheSameMultisetForAnyNumberOfRunners() {
    List<List<String>> multisets = new ArrayList<>();
    for (int runners = 1; runners <= 3; runners++) {
      try (Space space = squall.space("budget-" + runners)) {
        String run = space.start(Manifests.budget(runners, 400), "budget");
        LoadTestRunStatus status = space.awaitCompleted(run, 120);
        assertThat(status.requests()).isEqualTo(400);
        multisets.add(
            predictions(space).stream()
                .map(e -> Objects.requireNonNull(e.body()))
                .sorted()
                .toList());
      }
    }
    assertThat(multisets.get(1)).isEqualTo(multisets.get(0));
    assertThat(multisets.get(2)).isEqualTo(multisets.get(0));
    assertThat(multisets.getFirst().stream().distinct().count()).isGreaterThan(390);
  }

  private static List<TargetLog.Entry> predictions(Space space) {
    return space.target().entries().stream().filter(e -> e.path().equals("/predict")).toList();
  }

  private static Map<Integer, List<String>> bodiesByUser(List<TargetLog.Entry> log) {
    return log.stream()
        .collect(
            groupingBy(
                TargetLog.Entry::user,
                TreeMap::new,
                mapping(e -> Objects.requireNonNull(e.body()), toList())));
  }

  private static void assertPrefix(List<String> one, List<String> other) {
    int common = Math.min(one.size(), other.size());
    assertThat(one.subList(0, common)).isEqualTo(other.subList(0, common));
  }
}
