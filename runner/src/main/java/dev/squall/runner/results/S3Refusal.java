package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.Response;
import com.github.davidmoten.aws.lw.client.ServiceException;
import com.github.davidmoten.aws.lw.client.xml.XmlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What S3-compatible storage answers when it refuses something: a code and a message in XML. */
final class S3Refusal {
  private S3Refusal() {}

  /** The answer, unless it is a refusal. */
  static Response checked(Response answer) {
    if (!answer.isOk()) {
      throw of(answer);
    }
    return answer;
  }

  /** What the storage said, as an exception. */
  static ServiceException of(Response answer) {
    XmlElement error = error(answer);
    String said =
        error == null
            ? "status " + answer.statusCode()
            : "%s (status %d): %s"
                .formatted(code(answer), answer.statusCode(), text(error, "Message"));
    return new ServiceException(answer.statusCode(), said);
  }

  /** S3's word for what is wrong, or nothing. */
  static String code(Response answer) {
    XmlElement error = error(answer);
    return error == null ? "" : text(error, "Code");
  }

  private static @Nullable XmlElement error(Response answer) {
    String body = answer.contentUtf8().strip();
    if (!body.contains("<Error")) {
      return null;
    }
    try {
      XmlElement root = XmlElement.parse(body);
      return "Error".equals(root.name()) ? root : null;
    } catch (RuntimeException _) {
      // A proxy's own page, for instance; the status says enough.
      return null;
    }
  }

  private static String text(XmlElement error, String child) {
    List<XmlElement> found = error.childrenWithName(child);
    return found.isEmpty() ? "" : found.getFirst().content();
  }
}
