package dev.squall.api.check;

import dev.squall.api.v1alpha1.Generator;
import dev.squall.api.v1alpha1.Mutation;
import dev.squall.api.v1alpha1.Payload;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Mutations: of objects, and of no more fields than there are. */
final class MutationCheck {
  private MutationCheck() {}

  static void check(String path, @Nullable Mutation mutate, Payload payload, Findings findings) {
    if (mutate == null) {
      return;
    }
    int changed =
        mutate.dropFields() + mutate.nullFields() + mutate.wrongType() + mutate.outOfRange();
    if (payload.value() != null || payload.batch() != null) {
      if (changed + mutate.extraFields() > 0) {
        findings.add(
            path,
            "payload '"
                + payload.name()
                + "' is not a JSON object with fields, so only truncate can be set");
      }
      return;
    }
    if (payload.row() != null) {
      // The columns are known only to who has the file: the runner checks them.
      return;
    }
    Map<String, Generator> fields = new TreeMap<>(payload.fields());
    for (int i = 0; i < mutate.only().size(); i++) {
      String name = mutate.only().get(i);
      if (!payload.fields().containsKey(name)) {
        findings.add(
            path + ".only[" + i + "]",
            "payload '" + payload.name() + "' has no field named '" + name + "'");
      }
    }
    if (!mutate.only().isEmpty()) {
      fields.keySet().retainAll(mutate.only());
    }
    if (changed > fields.size()) {
      findings.add(
          path,
          "changes "
              + changed
              + " fields, but payload '"
              + payload.name()
              + "' has only "
              + fields.size()
              + " to choose from");
    }
    long numeric = fields.values().stream().filter(Shape::hasRange).count();
    if (mutate.outOfRange() > numeric) {
      findings.add(
          path + ".outOfRange",
          "payload '"
              + payload.name()
              + "' has only "
              + numeric
              + " numeric fields to choose from");
    }
  }
}
