package dev.squall.runner.plan;

import dev.squall.api.v1alpha1.ConfigMapFile;
import dev.squall.api.v1alpha1.Dataset;
import dev.squall.api.v1alpha1.VolumeFile;
import dev.squall.api.wire.PodContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the files are that a plan names: credentials and datasets. */
public sealed interface Sources {
  /** The file of a key of a Secret, empty if nobody said. */
  Optional<Path> secret(String secretName, String key);

  /** The CSV file of a dataset, empty if nobody said. */
  Optional<Path> dataset(Dataset dataset);

  /** What to do to have a file, for an error's end. */
  String howToGive(String kind, String name);

  /** The folders that the operator mounts. */
  static Sources ofPod() {
    return new Mounted(Path.of(PodContract.SECRETS_DIR), Path.of(PodContract.DATASETS_DIR));
  }

  /**
   * Mounted folders.
   *
   * @param secrets holds {@code <secretName>/<key>}
   * @param datasets holds {@code <dataset>/data.csv} or {@code <dataset>/<path in its volume>}
   */
  record Mounted(Path secrets, Path datasets) implements Sources {
    @Override
    public Optional<Path> secret(String secretName, String key) {
      return Optional.of(secrets.resolve(secretName).resolve(key));
    }

    @Override
    public Optional<Path> dataset(Dataset dataset) {
      ConfigMapFile map = dataset.configMap();
      VolumeFile volume = dataset.volume();
      Path folder = datasets.resolve(dataset.name());
      return Optional.of(
          folder.resolve(map == null && volume != null ? volume.path() : PodContract.DATASET_FILE));
    }

    @Override
    public String howToGive(String kind, String name) {
      return "create what the LoadTest names (" + kind + " " + name + ") in its namespace";
    }
  }

  /**
   * Files named on the command line.
   *
   * @param secrets by {@code <secretName>/<key>}
   * @param datasets by name
   */
  record Named(Map<String, Path> secrets, Map<String, Path> datasets) implements Sources {
    /** Copies the maps. */
    public Named {
      secrets = Map.copyOf(secrets);
      datasets = Map.copyOf(datasets);
    }

    @Override
    public Optional<Path> secret(String secretName, String key) {
      return Optional.ofNullable(secrets.get(secretName + "/" + key));
    }

    @Override
    public Optional<Path> dataset(Dataset dataset) {
      return Optional.ofNullable(datasets.get(dataset.name()));
    }

    @Override
    public String howToGive(String kind, String name) {
      return "give it with --" + kind + " " + name + "=FILE";
    }
  }
}
