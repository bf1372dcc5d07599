package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.ServiceTarget;
import dev.squall.api.v1alpha1.Target;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where {@code squall run} sends to: to {@code --target}, or else to the manifest's URL. */
final class TargetUrl {
  private TargetUrl() {}

  /**
   * The base URL.
   *
   * @param given the option's value, null without it
   * @param target the manifest's
   * @throws InvalidInputException if there is none, or it cannot be reached from here
   */
  static String of(@Nullable String given, Target target) {
    if (given != null) {
      URI url = url(given);
      if (url.getHost() == null || url.getScheme() == null) {
        throw new InvalidInputException(
            "--target: '%s' is not a base URL such as http://localhost:8080".formatted(given));
      }
      return given;
    }
    String url = target.url();
    if (url != null) {
      return url;
    }
    ServiceTarget service = target.service();
    if (service == null) {
      throw new InvalidInputException("spec.target has neither service nor url; give --target URL");
    }
    throw new InvalidInputException(
        "spec.target is the Service %1$s, which is reached from inside its cluster only; forward it with 'kubectl port-forward service/%1$s 8080:%2$d' and add --target %3$s://localhost:8080"
            .formatted(service.name(), service.port(), service.scheme()));
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--target: not a URL: " + e.getMessage());
    }
  }
}
