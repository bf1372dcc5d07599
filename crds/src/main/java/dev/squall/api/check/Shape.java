package dev.squall.api.check;

import dev.squall.api.v1alpha1.Choice;
import dev.squall.api.v1alpha1.ColumnGenerator;
import dev.squall.api.v1alpha1.ColumnType;
import dev.squall.api.v1alpha1.Generator;
import dev.squall.api.v1alpha1.JsonLiteral;
import dev.squall.api.v1alpha1.Payload;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a payload's values look like. */
final class Shape {
  private static final Set<ColumnType> NUMERIC =
      EnumSet.of(ColumnType.Integer, ColumnType.Number, ColumnType.Auto);

  private Shape() {}

  /** Whether each of the payload's values is a string, number, boolean or null. */
  static boolean isText(Payload payload, Names names) {
    return isText(payload, names, new HashSet<>());
  }

  private static boolean isText(Payload payload, Names names, Set<String> seen) {
    Generator value = payload.value();
    if (value == null || payload.batch() != null) {
      return false;
    }
    if (value.array() != null) {
      return false;
    }
    JsonLiteral constant = value.constant();
    if (constant != null && constant.value() != null && constant.value().isContainerNode()) {
      return false;
    }
    List<Choice> choice = value.choice();
    if (choice != null
        && choice.stream().anyMatch(one -> one.value() != null && one.value().isContainerNode())) {
      return false;
    }
    String next = value.payload();
    Payload target = next == null ? null : names.payloads().get(next);
    // An unknown name and a cycle are told where they stand.
    return target == null || !seen.add(target.name()) || isText(target, names, seen);
  }

  /** Whether a value far outside of the generator's range can be made: it makes numbers only. */
  static boolean hasRange(Generator generator) {
    ColumnGenerator column = generator.column();
    JsonLiteral constant = generator.constant();
    List<Choice> choice = generator.choice();
    return generator.integer() != null
        || generator.number() != null
        || (column != null && NUMERIC.contains(column.type()))
        || (constant != null && constant.value() != null && constant.value().isNumber())
        || (choice != null
            && choice.stream().allMatch(one -> one.value() != null && one.value().isNumber()));
  }
}
