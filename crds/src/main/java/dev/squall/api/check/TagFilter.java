package dev.squall.api.check;

import dev.squall.api.v1alpha1.Tags;
import dev.squall.api.v1alpha1.Task;
import org.jspecify.annotations.Nullable;

/** Which tasks take part in a run. */
public final class TagFilter {
  private TagFilter() {}

  /**
   * Whether a task takes part: it has an included tag, if any are asked for, and no excluded one.
   *
   * @param tags the spec's tags; null lets all take part
   */
  public static boolean takesPart(Task task, @Nullable Tags tags) {
    return tags == null
        || ((tags.include().isEmpty() || task.tags().stream().anyMatch(tags.include()::contains))
            && task.tags().stream().noneMatch(tags.exclude()::contains));
  }
}
