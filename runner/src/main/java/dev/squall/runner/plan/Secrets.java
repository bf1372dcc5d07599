package dev.squall.runner.plan;

import dev.squall.api.v1alpha1.BasicCredentials;
import dev.squall.api.v1alpha1.BearerCredentials;
import dev.squall.api.v1alpha1.Credentials;
import dev.squall.api.v1alpha1.HeaderCredentials;
import dev.squall.runner.engine.RequestTemplate.Header;
import dev.squall.runner.engine.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Makes headers of credentials. No message holds a Secret's value. */
final class Secrets {
  private final Sources sources;

  Secrets(Sources sources) {
    this.sources = sources;
  }

  /**
   * The header that the credentials ask for.
   *
   * @param field path of the credentials
   * @throws PlanException if a Secret's key cannot be read
   */
  Header header(String field, Credentials credentials) {
    BearerCredentials bearer = credentials.bearer();
    if (bearer != null) {
      String token = value(field + ".bearer", bearer.secretName(), bearer.key());
      return new Header("Authorization", Template.of("Bearer " + token));
    }
    BasicCredentials basic = credentials.basic();
    if (basic != null) {
      String at = field + ".basic";
      String user = value(at, basic.secretName(), basic.usernameKey());
      String password = value(at, basic.secretName(), basic.passwordKey());
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      String encoded = Base64.getEncoder().encodeToString(both);
      return new Header("Authorization", Template.of("Basic " + encoded));
    }
    HeaderCredentials header = credentials.header();
    if (header != null) {
      String text = value(field + ".header", header.secretName(), header.key());
      return new Header(header.name(), Template.of(text));
    }
    throw new PlanException(field, "set exactly one of bearer, basic and header");
  }

  private String value(String field, String secretName, String key) {
    String text = text(field, secretName, key);
    // Files made with an editor or echo end in a line break that is not meant.
    String value = text.endsWith("\n") ? text.stripTrailing() : text;
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new PlanException(
          field, "key '%s' of Secret '%s' is not one line of text".formatted(key, secretName));
    }
    return value;
  }

  /**
   * What a Secret's key holds.
   *
   * @throws PlanException if it cannot be read
   */
  String text(String field, String secretName, String key) {
    String name = secretName + "/" + key;
    Path file =
        sources
            .secret(secretName, key)
            .orElseThrow(
                () ->
                    new PlanException(
                        field, "no value for it: " + sources.howToGive("secret", name)));
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new PlanException(
          field,
          "Secret '%s' has no readable key '%s' (%s): %s"
              .formatted(secretName, key, file, sources.howToGive("secret", name)));
    }
  }
}
