package dev.squall.api.check;

import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Sweep;
import dev.squall.api.v1alpha1.Threshold;
import dev.squall.api.v1alpha1.Users;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Capacity and sweep: a load that has the levels searched, and thresholds that can be searched. */
public final class SearchCheck {
  private final LoadTestSpec spec;
  private final Findings findings;

  SearchCheck(LoadTestSpec spec, Findings findings) {
    this.spec = spec;
    this.findings = findings;
  }

  /** Place of the load whose levels are searched; empty if there is none of the name. */
  public static Optional<Integer> searched(List<Load> loads, @Nullable String name) {
    return IntStream.range(0, loads.size())
        .boxed()
        .filter(i -> name == null ? !loads.get(i).warmUp() : loads.get(i).name().equals(name))
        .findFirst();
  }

  void check() {
    Capacity capacity = spec.capacity();
    if (capacity != null) {
      load("spec.capacity", capacity.load(), capacity.users() != null);
      thresholds();
    }
    Sweep sweep = spec.sweep();
    if (sweep != null) {
      if (sweep.batchSizes() != null) {
        batches();
      } else {
        load("spec.sweep", sweep.load(), sweep.users() != null);
      }
      if (!spec.thresholds().isEmpty()) {
        findings.add(
            "spec.thresholds",
            "a sweep shows a row for each level and judges none: remove the thresholds, or set"
                + " spec.capacity to find the highest level that holds them");
      }
    }
  }

  private void batches() {
    if (spec.payloads().stream().noneMatch(payload -> payload.batch() != null)) {
      findings.add(
          "spec.sweep.batchSizes",
          "no payload has batch: set it where a request's records are generated, for example"
              + " payloads: [{name: rows, batch: {size: 1}, fields: {…}}]");
    }
    for (int i = 0; i < spec.loads().size(); i++) {
      Load load = spec.loads().get(i);
      Users users = load.users();
      Arrivals arrivals = load.arrivals();
      boolean level =
          (users != null && users.count() != null) || (arrivals != null && arrivals.rate() != null);
      if (!load.warmUp() && (!level || load.requests() != null || load.iterations() != null)) {
        findings.add(
            "spec.loads[" + i + "]",
            "a batch size is held by time at a level that stays: set users.count or"
                + " arrivals.rate, and a duration in place of requests or iterations");
      }
    }
  }

  private void load(String path, @Nullable String name, boolean ofUsers) {
    Optional<Integer> place = searched(spec.loads(), name);
    if (place.isEmpty()) {
      findings.add(
          path + ".load",
          name == null
              ? "every load is a warm-up: name one to search, or set warmUp: false"
              : "there is no load '" + name + "' in spec.loads");
      return;
    }
    Load load = spec.loads().get(place.get());
    String at = "spec.loads[" + place.get() + "]";
    Users users = load.users();
    Arrivals arrivals = load.arrivals();
    if (ofUsers && (users == null || users.count() == null)) {
      findings.add(
          at + ".users", "users are searched: set users.count; each level takes its place");
    }
    if (!ofUsers && (arrivals == null || arrivals.rate() == null)) {
      findings.add(
          at + ".arrivals", "rates are searched: set arrivals.rate; each level takes its place");
    }
    if (load.requests() != null || load.iterations() != null) {
      findings.add(at, "a level is held by time: remove requests and iterations");
    }
  }

  private void thresholds() {
    if (spec.thresholds().isEmpty()) {
      findings.add(
          "spec.thresholds",
          "capacity is the highest level that holds the thresholds: set one, for example"
              + " {responseTime: {percentile: 95, below: 200ms}}");
    }
    for (int i = 0; i < spec.thresholds().size(); i++) {
      Threshold one = spec.thresholds().get(i);
      boolean percentile =
          Stream.of(one.responseTime(), one.timeToFirst(), one.timeBetween())
              .anyMatch(time -> time != null && time.percentile() != null);
      if (!percentile && one.failureRatio() == null) {
        findings.add(
            "spec.thresholds[" + i + "]",
            "a capacity is searched by percentiles (of responseTime, timeToFirst, timeBetween) and"
                + " failure ratios: use one of them");
      }
    }
  }
}
