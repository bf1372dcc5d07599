package dev.squall.api.check;

import dev.squall.api.v1alpha1.ArrayGenerator;
import dev.squall.api.v1alpha1.Generator;
import dev.squall.api.v1alpha1.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Payloads that refer to one another for ever: each cycle is told once. */
final class PayloadCycles {
  private final Names names;
  private final Findings findings;
  private final Set<String> known = new HashSet<>();

  PayloadCycles(Names names, Findings findings) {
    this.names = names;
    this.findings = findings;
  }

  void check() {
    for (Payload payload : names.payloads().values()) {
      follow(payload, new ArrayList<>(List.of(payload.name())));
    }
  }

  private void follow(Payload payload, List<String> way) {
    int index = new ArrayList<>(names.payloads().keySet()).indexOf(payload.name());
    for (Map.Entry<String, Generator> entry :
        PayloadCheck.generators("spec.payloads[" + index + "]", payload).entrySet()) {
      ArrayGenerator array = entry.getValue().array();
      String direct = entry.getValue().payload();
      String next = array != null ? array.payload() : direct;
      Payload target = next == null ? null : names.payloads().get(next);
      if (next == null || target == null) {
        continue;
      }
      if (next.equals(way.getFirst())) {
        if (known.addAll(way)) {
          findings.add(
              entry.getKey() + (array != null ? ".array.payload" : ".payload"),
              "the payloads make a cycle: "
                  + String.join(" → ", way)
                  + " → "
                  + next
                  + "; one of them must not refer to the next");
        }
      } else if (!way.contains(next)) {
        way.add(next);
        follow(target, way);
        way.removeLast();
      }
    }
  }
}
