package dev.squall.operator.accept;

import dev.squall.api.v1alpha1.ServiceTarget;
import dev.squall.api.v1alpha1.Target;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where load may be sent: to a Service of the LoadTest's own namespace always, elsewhere only where
 * the operator's {@code allowedTargets} lists it.
 *
 * <p>An entry is {@code namespace/service} (that Service), {@code namespace/*} (every Service of
 * that namespace), or a URL such as {@code https://models.example.com}. A URL matches by scheme,
 * host and port, the scheme's own port where none is named; its path, if any, must be a prefix of
 * the target's by whole segments. Letters of scheme and host match in either case. A host never
 * matches by suffix.
 *
 * @param entries the entries as configured
 */
public record AllowedTargets(List<String> entries) {
  /** Checks that each entry has one of the three forms. */
  public AllowedTargets {
    entries = entries.stream().map(String::strip).filter(e -> !e.isEmpty()).toList();
    for (String entry : entries) {
      if (!entry.matches("[a-z0-9-]+/([a-z0-9-]+|\\*)") && address(entry).isEmpty()) {
        throw new IllegalArgumentException(
            "allowedTargets: '%s' is neither namespace/service, namespace/* nor a URL like https://host:port"
                .formatted(entry));
      }
    }
  }

  /** Why a LoadTest of this namespace may not be aimed at the target; empty if it may. */
  public Optional<Refusal> refuse(String namespace, Target target) {
    ServiceTarget service = target.service();
    String url = target.url();
    if (service != null) {
      String other = service.namespace() == null ? namespace : service.namespace();
      return other.equals(namespace) || allowsService(other, service.name())
          ? Optional.empty()
          : Optional.of(
              refusal(
                  "spec.target.service is in the namespace '%s'".formatted(other),
                  "%s/%s".formatted(other, service.name())));
    }
    if (url == null) {
      return Optional.of(
          Refusal.certain(
              "InvalidSpec", "spec.target: set service or url, so that load has a target"));
    }
    Optional<Address> address = address(url);
    if (address.isEmpty()) {
      return Optional.of(
          Refusal.certain(
              "InvalidSpec",
              "spec.target.url: '%s' is no http or https URL with a host".formatted(url)));
    }
    return entries.stream().flatMap(e -> address(e).stream()).anyMatch(e -> e.covers(address.get()))
        ? Optional.empty()
        : Optional.of(refusal("spec.target.url is a URL", address.get().origin()));
  }

  private boolean allowsService(String namespace, String name) {
    return entries.contains(namespace + "/" + name) || entries.contains(namespace + "/*");
  }

  private static Refusal refusal(String what, String entry) {
    return Refusal.certain(
        "TargetNotAllowed",
        "%s, and load may be sent only to a Service of the LoadTest's own namespace; aim at one, or have the operator's allowedTargets list '%s'"
            .formatted(what, entry));
  }

  private static Optional<Address> address(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme == null || host == null || uri.getUserInfo() != null) {
        return Optional.empty();
      }
      String lower = scheme.toLowerCase(Locale.ROOT);
      return switch (lower) {
        case "http", "https" ->
            Optional.of(
                new Address(
                    lower,
                    host.toLowerCase(Locale.ROOT),
                    uri.getPort() >= 0 ? uri.getPort() : lower.equals("http") ? 80 : 443,
                    uri.normalize().getPath()));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private record Address(String scheme, String host, int port, String path) {
    boolean covers(Address other) {
      String prefix = path.endsWith("/") ? path : path + "/";
      return scheme.equals(other.scheme)
          && host.equals(other.host)
          && port == other.port
          && (other.path + "/").startsWith(prefix);
    }

    String origin() {
      return "%s://%s:%d".formatted(scheme, host, port);
    }
  }
}
