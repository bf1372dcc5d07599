package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.Results;
import dev.squall.api.v1alpha1.ResultsVolume;
import dev.squall.api.v1alpha1.S3;
import dev.squall.api.wire.Plan;
import dev.squall.runner.results.FolderResultStore;
import dev.squall.runner.results.ResultStore;
import dev.squall.runner.results.S3ResultStore;
import java.util.Optional;

/** Where a run's files are to go. */
final class Storage {
  private Storage() {}

  /** The run's object storage or volume; empty if its coordinator is to keep the files. */
  static Optional<ResultStore> of(Plan plan, PodFiles pod) {
    Results results = plan.test().results();
    S3 s3 = results.s3();
    if (s3 != null) {
      return Optional.of(new S3ResultStore(s3, plan));
    }
    ResultsVolume volume = results.persistentVolumeClaim();
    return volume == null
        ? Optional.empty()
        : Optional.of(new FolderResultStore(pod.results(), volume, plan));
  }
}
