package dev.squall.api.check;

import java.util.List;

/** What came of checking one document of a file. */
public sealed interface Checked {
  /** The name of the LoadTest, empty if it has none. */
  String name();

  /**
   * The API server and the operator would take it.
   *
   * @param manifest the LoadTest, defaults filled in
   */
  record Accepted(LoadTestManifest manifest) implements Checked {
    @Override
    public String name() {
      return manifest.name();
    }
  }

  /**
   * The API server, or the operator, would refuse it.
   *
   * @param name name of the LoadTest, empty if it has none or the text is no YAML
   * @param problems what is wrong, never empty
   */
  record Refused(String name, List<Problem> problems) implements Checked {
    /** Copies the list. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
